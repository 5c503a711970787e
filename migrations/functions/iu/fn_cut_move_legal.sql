create or replace function dot.fn_cut_move_legal(p_from text, p_to text) returns boolean
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select (p_from, p_to) in (
    ('staged', 'marked'), ('marked', 'approved'), ('approved', 'cut'), ('cut', 'verified'), ('verified', 'completed'),
    ('cut', 'failed'),
    ('staged', 'cancelled'), ('marked', 'cancelled'), ('approved', 'cancelled'))
$$;
comment on function dot.fn_cut_move_legal(text, text) is 'Whether a cut request may go from one state to another.';
