//! The commands that a hint names, as argument vectors: a person reads the hint, a program takes these.

/// What an English sentence goes on with after a command. No value of an argument is such a word.
const PROSE: [&str; 42] = [
    "and", "answers", "as", "bring", "brings", "can", "carries", "checks", "compares", "does", "expects", "fills",
    "finds", "gave", "gives", "holds", "in", "is", "itself", "lists", "looks", "makes", "marks", "measures", "names",
    "or", "prints", "say", "says", "see", "shows", "so", "takes", "tells", "then", "to", "verifies", "when", "which",
    "with", "would", "wrote",
];

/// Each command in `text` that begins with `dot` and a word, once: `["dot", "job", "show", "42"]`. One ends with its line,
/// at a backtick, a bracket, `;`, `,`, `:`, a full stop or an ellipsis, and where prose goes on. Words in capitals stand for
/// what the reader has to fill in.
pub fn commands(text: &str) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    for (at, _) in text.match_indices("dot ") {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '=')) {
            continue;
        }
        let argv = one(&text[at..]);
        let is_word = |word: &String| {
            word.starts_with(|c: char| c.is_ascii_lowercase())
                && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if argv.get(1).is_some_and(is_word) && !found.contains(&argv) {
            found.push(argv);
        }
    }
    found
}

/// The command that the text begins with.
fn one(text: &str) -> Vec<String> {
    let mut argv = Vec::new();
    let mut rest = text;
    loop {
        let (word, bare, after) = word(rest);
        // Punctuation of the sentence, unless it was quoted.
        let kept = if bare { word.trim_end_matches([',', ';', ':', '.', '…', '?', '!']) } else { word.as_str() };
        if bare && PROSE.contains(&kept) {
            break;
        }
        if bare && (kept.is_empty() || kept.starts_with(['[', '{', '#', '|', '>', '<', '&', '→', '·', '–', '('])) {
            break;
        }
        argv.push(kept.to_owned());
        match after.strip_prefix(' ') {
            Some(more) if kept == word && !more.starts_with(' ') => rest = more,
            _ => break,
        }
    }
    argv
}

/// The first word, whether nothing of it was quoted, and what follows it.
fn word(text: &str) -> (String, bool, &str) {
    let (mut word, mut bare, mut quote) = (String::new(), true, None);
    for (at, c) in text.char_indices() {
        match quote {
            None if matches!(c, ' ' | '\n' | '`' | ')') => return (word, bare, &text[at..]),
            None if matches!(c, '\'' | '"') => (quote, bare) = (Some(c), false),
            Some(open) if c == open => {
                quote = None;
                let after = &text[at + c.len_utf8()..];
                // Punctuation of the sentence.
                if after.starts_with([',', ';', ':', '.']) {
                    return (word, bare, after);
                }
            }
            _ => word.push(c),
        }
    }
    (word, bare, "")
}

#[cfg(test)]
mod tests {
    use super::commands;

    #[test]
    fn a_command_ends_where_the_sentence_goes_on() {
        for (text, expected) in [
            ("See: dot job show 42", "dot job show 42"),
            (
                "dot proposal diff 1 shows it; dot proposal revise 1 brings it up",
                "dot proposal diff 1|dot proposal revise 1",
            ),
            ("Run `dot up`, then (dot status).", "dot up|dot status"),
            ("dot actor add NAME --role dot_reader.", "dot actor add NAME --role dot_reader"),
            (
                "dot iu import FILE… or dot sql query 'select 1; select 2', twice",
                "dot iu import FILE|dot sql query select 1; select 2",
            ),
            ("dot gate set a open --dry-run\nand more", "dot gate set a open --dry-run"),
            ("a dot. A dot and the role dot_owner; pg.dot x; dot Roles", ""),
            ("dot catalog sync  dot up", "dot catalog sync|dot up"),
        ] {
            let found: Vec<String> = commands(text).iter().map(|argv| argv.join(" ")).collect();
            assert_eq!(found.join("|"), expected, "{text}");
        }
    }
}
