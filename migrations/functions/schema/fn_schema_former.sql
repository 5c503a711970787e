create or replace function dot.fn_schema_former() returns jsonb
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  with common(rules) as (values ($j${
      "$schema": {"type": "string"}, "$ref": {"type": "string"}, "title": {"type": "string"}, "description": {"type": "string"},
      "multipleOf": {"type": "number", "exclusiveMinimum": 0}, "maximum": {"type": "number"}, "minimum": {"type": "number"},
      "exclusiveMaximum": {"type": "number"}, "exclusiveMinimum": {"type": "number"},
      "maxLength": {"$ref": "#/$defs/count"}, "minLength": {"$ref": "#/$defs/count"}, "pattern": {"type": "string"},
      "maxItems": {"$ref": "#/$defs/count"}, "minItems": {"$ref": "#/$defs/count"}, "uniqueItems": {"type": "boolean"},
      "maxProperties": {"$ref": "#/$defs/count"}, "minProperties": {"$ref": "#/$defs/count"}, "required": {"$ref": "#/$defs/names"},
      "items": {"if": {"type": "array"}, "then": {"$ref": "#/$defs/schemas"}, "else": {"$ref": "#"}}, "additionalItems": {"$ref": "#"}, "additionalProperties": {"$ref": "#"},
      "definitions": {"$ref": "#/$defs/map"}, "properties": {"$ref": "#/$defs/map"}, "patternProperties": {"$ref": "#/$defs/map"},
      "dependencies": {"type": "object", "additionalProperties": {"if": {"type": "array"}, "then": {"$ref": "#/$defs/names"}, "else": {"$ref": "#"}}},
      "enum": {"type": "array"}, "format": {"type": "string"},
      "type": {"if": {"type": "array"}, "then": {"items": {"$ref": "#/$defs/type"}, "minItems": 1, "uniqueItems": true}, "else": {"$ref": "#/$defs/type"}},
      "allOf": {"$ref": "#/$defs/schemas"}, "anyOf": {"$ref": "#/$defs/schemas"}, "oneOf": {"$ref": "#/$defs/schemas"}, "not": {"$ref": "#"}}$j$::jsonb)),
    draft(uri, type, rules, more, extra) as (values
      ('http://json-schema.org/draft-04/schema', '"object"'::jsonb, $j${"id": {"type": "string"}, "enum": {"type": "array", "minItems": 1, "uniqueItems": true},
          "exclusiveMaximum": {"type": "boolean"}, "exclusiveMinimum": {"type": "boolean"}, "required": {"allOf": [{"$ref": "#/$defs/names"}, {"minItems": 1}]},
          "additionalItems": {"if": {"type": "boolean"}, "else": {"$ref": "#"}}, "additionalProperties": {"if": {"type": "boolean"}, "else": {"$ref": "#"}}}$j$::jsonb, '{}'::jsonb,
        '{"dependentRequired": {"exclusiveMaximum": ["maximum"], "exclusiveMinimum": ["minimum"]}}'::jsonb),
      ('http://json-schema.org/draft-06/schema', '["object", "boolean"]', '{"$id": {"type": "string"}, "contains": {"$ref": "#"}, "propertyNames": {"$ref": "#"}, "examples": {"type": "array"}}', '{}', '{}'),
      ('http://json-schema.org/draft-07/schema', '["object", "boolean"]', $j${"$id": {"type": "string"}, "$comment": {"type": "string"}, "contains": {"$ref": "#"}, "propertyNames": {"$ref": "#"},
          "examples": {"type": "array"}, "readOnly": {"type": "boolean"}, "if": {"$ref": "#"}, "then": {"$ref": "#"}, "else": {"$ref": "#"},
          "contentMediaType": {"type": "string"}, "contentEncoding": {"type": "string"}}$j$, '{}', '{}'),
      ('https://json-schema.org/draft/2019-09/schema', '["object", "boolean"]', $j${"$id": {"type": "string", "pattern": "^[^#]*#?$"}, "$anchor": {"type": "string", "pattern": "^[A-Za-z][-A-Za-z0-9.:_]*$"},
          "$recursiveRef": {"type": "string"}, "$recursiveAnchor": {"type": "boolean"}, "$vocabulary": {"type": "object", "additionalProperties": {"type": "boolean"}},
          "$comment": {"type": "string"}, "$defs": {"$ref": "#/$defs/map"}, "contains": {"$ref": "#"}, "propertyNames": {"$ref": "#"},
          "unevaluatedItems": {"$ref": "#"}, "unevaluatedProperties": {"$ref": "#"}, "if": {"$ref": "#"}, "then": {"$ref": "#"}, "else": {"$ref": "#"},
          "dependentSchemas": {"$ref": "#/$defs/map"}, "dependentRequired": {"type": "object", "additionalProperties": {"$ref": "#/$defs/names"}},
          "maxContains": {"$ref": "#/$defs/count"}, "minContains": {"$ref": "#/$defs/count"}, "examples": {"type": "array"},
          "deprecated": {"type": "boolean"}, "readOnly": {"type": "boolean"}, "writeOnly": {"type": "boolean"},
          "contentMediaType": {"type": "string"}, "contentEncoding": {"type": "string"}, "contentSchema": {"$ref": "#"}}$j$, '{"$dynamicAnchor": "recursive"}', '{}'))
  select jsonb_object_agg(d.uri, jsonb_build_object('$id', d.uri, 'type', d.type, 'properties', c.rules || d.rules,
           '$defs', $j${"count": {"type": "integer", "minimum": 0}, "names": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
             "schemas": {"type": "array", "minItems": 1, "items": {"$ref": "#"}}, "map": {"type": "object", "additionalProperties": {"$ref": "#"}},
             "type": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]}}$j$::jsonb) || d.extra
           || d.more)
    from draft d cross join common c
$$;
comment on function dot.fn_schema_former() is
  'What the metaschemas of Drafts 04, 06, 07 and 2019-09 ask of a schema, each in the keywords of Draft 2020-12: {uri: schema}.';
