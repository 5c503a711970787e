//! The marks of any text tile it, and are where a reader of Markdown expects them.

use dot::markdown::{Kind, MAX_NESTING, Mark, marks};
use proptest::prelude::*;

/// The marks of a text, as `(kind and level, title, body)`, after checking that they tile it.
fn cut(text: &str) -> Vec<(String, String, String)> {
    let marks = marks(text).expect("not too deep");
    tiles(text, &marks);
    marks
        .iter()
        .map(|mark| {
            let kind = match mark.kind {
                Kind::FrontMatter => "front".to_owned(),
                Kind::Preamble => "preamble".to_owned(),
                Kind::Section => mark.level.to_string(),
            };
            (kind, mark.title.clone().unwrap_or_default(), text[mark.start..mark.end].to_owned())
        })
        .collect()
}

/// What holds for the marks of every text. Slicing at a place that is no character boundary would panic.
fn tiles(text: &str, marks: &[Mark]) {
    let whole: String = marks.iter().map(|mark| &text[mark.start..mark.end]).collect();
    assert_eq!(whole, text, "the pieces are the text");
    let mut at = 0;
    for mark in marks {
        assert_eq!(mark.start, at, "each starts where the one before ended");
        assert!(mark.end > mark.start, "none is empty");
        assert_eq!(mark.kind == Kind::Section, mark.level > 0, "sections have a level, others none");
        assert_eq!(mark.kind == Kind::Section, mark.title.is_some(), "sections have a title, others none");
        at = mark.end;
    }
}

fn titles(text: &str) -> Vec<String> {
    cut(text).into_iter().map(|(kind, title, _)| format!("{kind} {title}")).collect()
}

#[test]
fn a_section_runs_to_the_next_heading_of_any_level() {
    let text = "before\n\n# One\na\n### Three\nb\n## Two\nc";
    assert_eq!(
        cut(text),
        [
            ("preamble", "", "before\n\n"),
            ("1", "One", "# One\na\n"),
            ("3", "Three", "### Three\nb\n"),
            ("2", "Two", "## Two\nc")
        ]
        .map(|(kind, title, body)| (kind.to_owned(), title.to_owned(), body.to_owned()))
    );
}

#[test]
fn what_only_looks_like_a_heading_is_none() {
    for text in [
        "```\n# code\n```\n",
        "~~~~\n# code\n~~~\n# still code\n~~~~\n",
        "    # indented code\n",
        "> # in a quote\n",
        "- # in a list\n",
        "#no space\n",
        "####### seven\n",
        "<!--\n# comment\n-->\n",
        "text\n\n---\n\nmore\n",
    ] {
        assert_eq!(titles(text), ["preamble "], "{text:?}");
    }
}

#[test]
fn headings_of_every_form() {
    assert_eq!(titles("Setext\n===\nx\n\nTwo\nlines\n---\n"), ["1 Setext", "2 Two lines"]);
    assert_eq!(titles("   # Indented by three\n"), ["1 Indented by three"]);
    assert_eq!(titles("## Closed ##\n#\n"), ["2 Closed", "1 "]);
    assert_eq!(titles("# *Emphasis*, `code`, [link](/u) &amp; \\*\n"), ["1 Emphasis, code, link & *"]);
    assert_eq!(titles("text\n# Straight after\n"), ["preamble ", "1 Straight after"]);
    assert_eq!(titles("# Tuyển sinh năm học 2026–2027\n"), ["1 Tuyển sinh năm học 2026–2027"]);
}

#[test]
fn line_endings_and_a_byte_order_mark() {
    assert_eq!(titles("# One\r\n\r\ntext\r\n\r\nTwo\r\n---\r\n"), ["1 One", "2 Two"]);
    assert_eq!(titles("# One\rtext\r# Two\r"), ["1 One", "1 Two"]);
    assert_eq!(cut("\u{feff}# One\n")[0].2, "\u{feff}# One\n", "the mark goes with the first piece");
    assert_eq!(titles("\u{feff}text\n# One\n"), ["preamble ", "1 One"]);
    assert_eq!(titles("\u{feff}"), ["preamble "]);
    assert_eq!(titles("\u{feff}---\na: b\n---\n# One\n"), ["front ", "1 One"]);
}

#[test]
fn front_matter_stands_at_the_beginning_only() {
    assert_eq!(cut("---\ntitle: x\n# no heading\n---\n\n# One\n")[0].2, "---\ntitle: x\n# no heading\n---\n");
    assert_eq!(titles("---\ntitle: x\n---\n\n# One\n"), ["front ", "preamble ", "1 One"]);
    assert_eq!(titles("+++\ntitle = 'x'\n+++\n# One\n"), ["front ", "1 One"]);
    assert_eq!(titles("---\ntitle: x\n...\n# One\n"), ["front ", "1 One"]);
    assert_eq!(titles("---\n\ntext\n\n---\n"), ["preamble "], "a thematic break followed by a blank line");
    assert_eq!(titles("---\nnever closed\n\n# One\n"), ["preamble ", "1 One"]);
    assert_eq!(titles("# One\n\n---\na: b\n---\n"), ["1 One", "2 a: b"], "in the middle it is a setext heading");
}

#[test]
fn hostile_sizes() {
    assert_eq!(marks("").expect("nothing"), []);
    let line = format!("# {}\n", "x".repeat(1 << 20));
    let heading = &marks(&line).expect("one line")[0];
    assert_eq!(heading.title.as_ref().map(|title| title.chars().count()), Some(Mark::MAX_TITLE));
    let many: String = (0..10_000).map(|n| format!("{} h\n\n", "#".repeat(1 + n % 6))).collect();
    assert_eq!(cut(&many).len(), 10_000);
    for hostile in
        ["[".repeat(50_000), "*a _b ".repeat(20_000), "`".repeat(50_000), "<!A ".repeat(20_000), "[a](".repeat(20_000)]
    {
        assert_eq!(titles(&hostile), ["preamble "]);
    }
}

#[test]
fn nesting_has_a_limit() {
    let quotes = |n: usize| format!("first\n\n{}x\n", "> ".repeat(n));
    assert!(marks(&quotes(MAX_NESTING)).is_ok());
    assert_eq!(marks(&quotes(MAX_NESTING + 1)).map_err(|deep| deep.line), Err(3));
    assert!(marks(&"> ".repeat(1_000_000)).is_err(), "and it is found before it costs anything");
    assert!(marks(&"1. ".repeat(1_000)).is_err());
    let stairs: String = (0..MAX_NESTING + 10).map(|n| format!("{}- x\n", "  ".repeat(n))).collect();
    assert!(marks(&stairs).is_err(), "line by line");
    assert!(marks(&format!("{}\n", "* ".repeat(1_000))).is_ok(), "a long thematic break nests nothing");
}

/// Text made of what matters to a Markdown parser, so that structure is common and broken structure too.
fn markdown() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        Just("# ".to_owned()),
        Just("### ".to_owned()),
        Just("#".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\r".to_owned()),
        Just("\n\n".to_owned()),
        Just("---\n".to_owned()),
        Just("===\n".to_owned()),
        Just("+++\n".to_owned()),
        Just("```\n".to_owned()),
        Just("~~~".to_owned()),
        Just("    ".to_owned()),
        Just("\t".to_owned()),
        Just("> ".to_owned()),
        Just("- ".to_owned()),
        Just("1. ".to_owned()),
        Just("<!-- ".to_owned()),
        Just("[a]: /b\n".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("Tuyển sinh ".to_owned()),
        Just("\u{2028}\u{85}".to_owned()),
        "\\PC{0,6}",
    ];
    proptest::collection::vec(token, 0..60).prop_map(|tokens| tokens.concat())
}

/// CommonMark 0.31.2, 4.5: spaces or tabs may follow a closing fence. The bytes of the text stay as they are.
#[test]
fn a_tab_after_a_closing_fence_ends_it() {
    for after in ["\t", " \t", "\t \t", "\t\r"] {
        for fence in ["```", "~~~", "`````"] {
            let text = format!("# One\n\n{fence}\n# code\n{fence}{after}\n\n# Two\n");
            let found = marks(&text).expect("a text");
            tiles(&text, &found);
            let titles: Vec<_> = found.iter().map(|mark| mark.title.as_deref()).collect();
            assert_eq!(titles, [Some("One"), Some("Two")], "{text:?}");
        }
    }
    // What is code stays code: a shorter fence ends nothing.
    let inner = "````\n```\t\n# code\n````\n";
    assert_eq!(marks(inner).expect("a text").len(), 1);
}

proptest! {
    #[test]
    fn any_text_is_tiled(text in "(?s).{0,400}") {
        tiles(&text, &marks(&text).expect("short texts are not too deep"));
    }

    #[test]
    fn any_markdown_is_tiled(text in markdown()) {
        tiles(&text, &marks(&text).expect("short texts are not too deep"));
    }

    /// A piece cut out of its document is cut the same way by itself: its heading is found again, first.
    #[test]
    fn every_section_begins_with_its_heading(text in markdown()) {
        let marks = marks(&text).expect("short texts are not too deep");
        for mark in marks.iter().filter(|mark| mark.kind == Kind::Section) {
            // A byte order mark is one at the very beginning only.
            let body = &text[mark.start..mark.end];
            let body = if mark.start == 0 { body.strip_prefix('\u{feff}').unwrap_or(body) } else { body };
            let line = body.lines().next().unwrap_or_default();
            // CommonMark's blank line knows the space and the tab only.
            prop_assert!(!line.trim_matches([' ', '\t', '\r']).is_empty(), "{line:?} in {text:?}");
        }
    }
}
