//! The query language from tables: what a query reads as, and where a wrong one goes wrong.

use std::time::{Duration, Instant};

use undex_query::{QueryError, QueryLimit, parse};

#[test]
fn queries_read_as() {
    // (query, what it reads as, why)
    let table = [
        ("confianza", "confianza", "a word"),
        ("fomento de la confianza", "(fomento de la confianza)", "side by side"),
        ("a AND b", "(a AND b)", "and"),
        ("a OR b", "(a OR b)", "or"),
        ("a b OR c d", "((a b) OR (c d))", "side by side binds tightest"),
        ("a OR b AND c", "(a OR (b AND c))", "AND binds tighter than OR"),
        ("a AND b c", "(a AND (b c))", "side by side binds tighter than AND"),
        ("(a OR b) c", "((a OR b) c)", "parentheses"),
        ("((a))", "a", "parentheses that change nothing"),
        ("a -b", "(a NOT b)", "a hyphen negates"),
        ("a NOT b", "(a NOT b)", "so does NOT"),
        ("a AND NOT b", "(a AND NOT b)", "NOT behind AND"),
        ("-(a b)", "NOT (a b)", "a group is negated"),
        ("-\"a b\"", "NOT \"a b\"", "a phrase is negated"),
        ("NOT -a", "NOT NOT a", "twice"),
        ("a - b", "(a b)", "a hyphen between spaces is punctuation"),
        ("confidence-building", "confidence-building", "a hyphen inside a word is part of it"),
        ("a , b ... c", "(a b c)", "marks alone are nothing"),
        ("and or not", "(and or not)", "small letters are words"),
        ("\"legally binding\" obligations", "(\"legally binding\" obligations)", "a phrase"),
        ("“legally binding”", "\"legally binding\"", "typographic quotes"),
        ("« juridiquement contraignant »", "\" juridiquement contraignant \"", "guillemets"),
        ("„a b“", "\"a b\"", "low quotes"),
        ("\"a\"b", "(\"a\" b)", "a quote ends a word"),
        ("\"a AND (b\"", "\"a AND (b\"", "nothing is special between quotes"),
        ("l’Assemblée", "l’Assemblée", "an apostrophe is part of a word"),
        ("confian*", "confian*", "a prefix"),
        ("title:cyber", "title:cyber", "a word of the title"),
        ("title:“cyber peace”", "title:\"cyber peace\"", "a phrase of the title"),
        ("heading:introd*", "heading:introd*", "a prefix of a heading"),
        ("note:ibid", "note:ibid", "a word of a note"),
        ("section:capacity", "heading:capacity", "another name of heading"),
        ("section:\"next steps\"~2", "heading:\"next steps\"~2", "with a phrase"),
        ("symbol:a/res/78/237", "symbol:A/RES/78/237", "symbols are made canonical"),
        ("symbol:A/ac.290/*", "symbol:A/AC.290/*", "segments of a symbol"),
        ("symbol:A/RES/*", "symbol:A/RES/*", "without a number"),
        ("symbol:A/*", "symbol:A/*", "an organ"),
        ("symbol:S/RES/1325(2000)", "symbol:S/RES/1325(2000)", "parentheses in a symbol"),
        ("S/RES/1325(2000) women", "(S/RES/1325(2000) women)", "and in a symbol among words"),
        ("and/or(a b)", "(and/or (a b))", "a group right behind a stroke"),
        ("(symbol:S/RES/1325(2000))", "symbol:S/RES/1325(2000)", "and around it"),
        ("symbol:\"S/RES/1325 (2000)\"", "symbol:S/RES/1325(2000)", "a quoted symbol"),
        ("cites:a/res/70/237", "cites:A/RES/70/237", "a document cited"),
        ("cites:70/237", "cites:A/RES/70/237", "a bare number is a resolution of the Assembly"),
        ("cites:70/*", "cites:A/RES/70/*", "those of a session"),
        ("cites:\"S/RES/1325 (2000)\"", "cites:S/RES/1325(2000)", "a quoted symbol"),
        (
            "cites:A/70/174 AND \"critical infrastructure\"",
            "(cites:A/70/174 AND \"critical infrastructure\")",
            "with words",
        ),
        ("body:a/ac.290", "body:A/AC.290", "a body"),
        ("body:A", "body:A", "an organ as a body"),
        ("lang:ES", "lang:es", "a language"),
        ("type:Draft-Resolution", "type:draft-resolution", "a type"),
        ("role:operative", "role:operative", "a role"),
        ("year:2015", "date:2015-01-01..2015-12-31", "one year"),
        ("year:2015..2021", "date:2015-01-01..2021-12-31", "years"),
        ("year:2015..", "date:2015-01-01..", "open at the end"),
        ("year:..2021", "date:..2021-12-31", "open at the beginning"),
        ("date:2016-02", "date:2016-02-01..2016-02-29", "a month, a leap year's"),
        ("date:2015-01-01..", "date:2015-01-01..", "from a day"),
        ("date:2015-03-02..2015-03-02", "date:2015-03-02..2015-03-02", "one day"),
        ("10:30", "10:30", "digits before a colon are no field"),
        ("a\u{0}b", "(a b)", "NUL parts words"),
        ("\"a b\"~3", "\"a b\"~3", "a phrase with slop"),
        ("\"a b\"~0", "\"a b\"", "without any it is a phrase"),
        ("note:\"a b\"~100 c", "(note:\"a b\"~100 c)", "in a field, the greatest slop"),
        ("a NEAR/5 b", "a NEAR/5 b", "near each other"),
        ("a NEAR b", "a NEAR/10 b", "the distance left out"),
        ("x a NEAR/5 b y", "(x a NEAR/5 b y)", "NEAR binds tighter than juxtaposition"),
        ("-a NEAR/5 b", "NOT a NEAR/5 b", "and than negation"),
        ("x NOT a NEAR b", "(x NOT a NEAR/10 b)", "also behind a word"),
        ("a NEAR/5 b OR c NEAR/5 d", "(a NEAR/5 b OR c NEAR/5 d)", "and than OR"),
        ("confi* NEAR/5 \"a b\"", "confi* NEAR/5 \"a b\"", "a prefix and a phrase"),
        ("wom?n NEAR/5 right~", "wom?n NEAR/5 right~", "wildcards and a fuzzy word"),
        ("(a) NEAR (b)", "a NEAR/10 b", "parentheses that change nothing"),
        ("a near b", "(a near b)", "in small letters it is a word"),
        ("NEARLY a NEAR-miss", "(NEARLY a NEAR-miss)", "other words that begin so"),
        ("wom?n", "wom?n", "one letter"),
        ("c*security", "c*security", "any letters"),
        ("organi?ation*", "organi?ation*", "both"),
        ("*security ?omen", "(*security ?omen)", "at the beginning"),
        ("title:wom?n", "title:wom?n", "in a field"),
        ("confian**", "confian**", "two stars"),
        ("what is legally? this?!", "(what is legally? this?!)", "ends of questions"),
        ("x legally?", "(x legally?)", "the end of a question"),
        ("(who?)", "who?", "in parentheses"),
        ("¿qué?", "¿qué?", "in Spanish"),
        ("word~", "word~", "a fuzzy word"),
        ("word~1 word~2", "(word~1 word~2)", "with a distance"),
        ("title:word~", "title:word~", "in a field"),
        ("~50 ~ ^ ~a", "(~50 ~a)", "tildes that follow nothing are marks"),
        ("word^2", "word^2", "a weight"),
        ("word^2.50", "word^2.5", "with decimals"),
        ("\"a b\"^0.5", "\"a b\"^0.5", "of a phrase"),
        ("\"a b\"~3^0.05", "\"a b\"~3^0.05", "behind slop"),
        ("word~1^2 confi*^3", "(word~1^2 confi*^3)", "behind a tilde and a star"),
        ("(a b)^3", "(a b)^3", "of a group"),
        ("(a)^3", "a^3", "of a group of one"),
        ("(a^2 b)^3", "(a^2 b)^3", "around another"),
        ("((a^2)^3)^4", "((a^2)^3)^4", "around another alone"),
        ("(NOT a)^3", "(NOT a)^3", "of a negation"),
        ("-a^3", "NOT a^3", "a weight binds tighter than negation"),
        ("(a NEAR b)^3", "(a NEAR/10 b)^3", "of two near each other"),
        ("(lang:es)^3", "(lang:es)^3", "of a filter in parentheses"),
        ("title:a^3", "title:a^3", "in a field"),
        ("S/RES/1325(2000)^2", "S/RES/1325(2000)^2", "behind a parenthesis in a symbol"),
        ("70/237^2", "70/237^2", "of a number"),
        ("lang:es,fr", "(lang:es OR lang:fr)", "any of two languages"),
        ("lang:(es,fr)", "(lang:es OR lang:fr)", "in parentheses"),
        ("lang:( es , fr ) a", "((lang:es OR lang:fr) a)", "with spaces"),
        ("lang:(es)", "lang:es", "one in parentheses"),
        ("-lang:es,fr", "NOT (lang:es OR lang:fr)", "none of them"),
        ("type:report,letter", "(type:report OR type:letter)", "types"),
        ("role:point,text", "(role:point OR role:text)", "roles"),
        (
            "year:2015,2019..",
            "(date:2015-01-01..2015-12-31 OR date:2019-01-01..)",
            "years and ranges of years",
        ),
        ("body:A,S", "(body:A OR body:S)", "bodies"),
        (
            "symbol:(S/RES/1325(2000), \"S/RES/1 (1946)\", A/AC.290/*)",
            "(symbol:S/RES/1325(2000) OR symbol:S/RES/1(1946) OR symbol:A/AC.290/*)",
            "symbols with parentheses, quoted, and segments",
        ),
        ("cites:70/237,A/70/174", "(cites:A/RES/70/237 OR cites:A/70/174)", "documents cited"),
        (
            "puntos de contacto lang:es -role:heading",
            "(puntos de contacto lang:es NOT role:heading)",
            "filters beside words",
        ),
    ];
    for (query, expected, why) in table {
        let expression = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        assert_eq!(expression.to_string(), expected, "{query}: {why}");
        assert_eq!(parse(expected).as_ref(), Ok(&expression), "{query} read back");
    }
}

#[test]
fn wrong_queries_name_their_place() {
    // (query, column, message)
    let items = "a word, a quoted phrase, a filter or an opening parenthesis";
    let operand = "a word, a prefix or a quoted phrase without field, slop or weight";
    let either = "write (a NEAR/5 c) OR (b NEAR/5 c) for (a OR b) NEAR/5 c";
    let weight = "a weight from 0.01 to 100 behind the circumflex; write word^2, \"a phrase\"^0.5 or (a b)^3";
    let list = "write lang:a,b without spaces, or lang:(a, b)";
    let small = "the words and, or, not themselves are written in small letters";
    let table: Vec<(&str, usize, String)> = vec![
        ("", 1, format!("found the end of the query, expected {items}")),
        ("  ... ", 7, format!("found the end of the query, expected {items}")),
        ("a AND", 6, format!("found the end of the query, expected {items}")),
        ("a AND OR b", 7, format!("found `OR`, expected {items}; {small}")),
        ("AND", 1, format!("found `AND`, expected {items}; {small}")),
        ("a NOT", 6, format!("found the end of the query, expected {items} to leave out")),
        ("a NOT )", 7, format!("found a closing parenthesis, expected {items} to leave out")),
        ("(a b", 5, "found the end of the query, expected a parenthesis to close the one at column 1".into()),
        ("a)", 2, "found a closing parenthesis, expected the end of the query or an opening parenthesis before it".into()),
        ("()", 2, format!("found a closing parenthesis, expected {items}")),
        ("ñandú \"paz", 7, "found a quotation mark that nothing closes, expected another one after the phrase".into()),
        ("\"\"", 1, "found quotation marks without words, expected words between them".into()),
        ("*", 1, "found a star alone, expected letters beside it; write confian* for confianza, confiance, confiant".into()),
        ("paz a-*-b", 7, "found a star alone, expected letters beside it; write confian* for confianza, confiance, confiant".into()),
        ("a?*^2 *?^2", 7, "found a star alone, expected letters beside it; write confian* for confianza, confiance, confiant".into()),
        ("\"a b\"~", 7, "found nothing, expected a number up to 100 behind the tilde; \"a b\"~3 allows three other words between them".into()),
        ("\"a b\"~101", 7, "found `101`, expected a number up to 100 behind the tilde; \"a b\"~3 allows three other words between them".into()),
        ("\"a b\"~x", 7, "found `x`, expected a number, or nothing, behind the tilde; to find the text itself, quote it".into()),
        ("NEAR b", 1, format!("found `NEAR`, expected {items}; the word near itself is written in small letters")),
        ("a NEAR/5", 9, format!("found the end of the query, expected {operand}")),
        ("a NEAR/0 b", 3, "found `NEAR/0`, expected NEAR, or NEAR/1 to NEAR/100; to find the text itself, quote it: \"NEAR/0\"".into()),
        ("a NEAR/101 b", 3, "found `NEAR/101`, expected NEAR, or NEAR/1 to NEAR/100; to find the text itself, quote it: \"NEAR/101\"".into()),
        ("a NEAR/+5 b", 3, "found `NEAR/+5`, expected NEAR, or NEAR/1 to NEAR/100; to find the text itself, quote it: \"NEAR/+5\"".into()),
        ("a NEAR -b", 8, format!("found `-b`, expected {operand}")),
        ("a NEAR NOT b", 8, format!("found `NOT`, expected {operand}; {small}")),
        ("a NEAR lang:es", 8, format!("found another kind of item beside NEAR, expected {operand}; {either}")),
        ("(a OR b) NEAR c", 1, format!("found another kind of item beside NEAR, expected {operand}; {either}")),
        ("a NEAR b^2", 8, format!("found another kind of item beside NEAR, expected {operand}; {either}")),
        ("\"a b\"~2 NEAR c", 1, format!("found another kind of item beside NEAR, expected {operand}; {either}")),
        ("a NEAR b NEAR c", 10, "found a second NEAR in a row, expected one between two items; write (a NEAR/5 b) AND (b NEAR/5 c)".into()),
        ("ñandú~3", 7, "found `3`, expected 1 or 2, the letters that may differ; write word~1 or word~2, or word~ alone".into()),
        ("or~2", 4, "found `2`, expected fewer letters that may differ than the word has; write word* for words that begin so".into()),
        ("word~0", 6, "found `0`, expected 1 or 2, the letters that may differ; write word~1 or word~2, or word~ alone".into()),
        ("word~x", 6, "found `x`, expected a number, or nothing, behind the tilde; to find the text itself, quote it".into()),
        ("confi*~", 7, "found a tilde behind a wildcard, expected a whole word before it; a wildcard already stands for other letters".into()),
        ("(a b)~2", 6, "found a tilde behind a parenthesis, expected it behind a word or a quoted phrase".into()),
        ("word^", 6, format!("found nothing, expected {weight}")),
        ("word^0", 6, format!("found `0`, expected {weight}")),
        ("word~^101", 7, format!("found `101`, expected {weight}")),
        ("\"a b\"^-1", 7, format!("found `-1`, expected {weight}")),
        ("(a b)^x", 7, format!("found `x`, expected {weight}")),
        ("(a^50 b)^3", 10, "found `3` around other weights, expected weights that multiply to no less than 0.01 and no more than 100".into()),
        ("((a^0.1)^0.1)^0.1", 15, "found `0.1` around other weights, expected weights that multiply to no less than 0.01 and no more than 100".into()),
        ("lang:es, fr", 9, format!("found no value, expected one before and behind each comma; {list}")),
        ("lang:(es fr)", 10, "found `fr`, expected a comma, or a parenthesis to close the one at column 6".into()),
        ("lang:(es,", 10, format!("found no value, expected one before and behind each comma; {list}")),
        ("lang:(es", 9, "found the end of the query, expected a comma, or a parenthesis to close the one at column 6".into()),
        ("lang:(es,xx)", 10, "found `xx`, expected one of ar, zh, en, fr, ru, es".into()),
        ("lang:es,xx", 9, "found `xx`, expected one of ar, zh, en, fr, ru, es".into()),
        ("lang:(es,fr)^2", 13, "found a weight behind a filter, expected it behind a word, a phrase or a group of these; filters do not change the rank".into()),
        ("a colour:red", 3, "found the unknown field `colour`, expected one of title, heading, section, note, verb, symbol, body, cites, lang, type, role, year, date; to find the text itself, quote it: \"colour: ...\"".into()),
        ("title: cyber", 8, "found `cyber`, expected a word or a quoted phrase right after `title:`".into()),
        ("lang:", 6, "found the end of the query, expected a value right after `lang:`".into()),
        ("lang:xx", 6, "found `xx`, expected one of ar, zh, en, fr, ru, es".into()),
        ("role:king", 6, "found `king`, expected one of title, masthead, preambular, operative, paragraph, point, heading, text, table, closing".into()),
        ("symbol:A/RES/7*", 8, "found `A/RES/7*`, expected a stroke before the star; write symbol:A/RES/78/237, or symbol:A/AC.290/* for everything under it".into()),
        ("symbol:hello", 8, "found `hello`, expected a document symbol (an organ and a stroke, as in A/RES/78/237, at its character 1); write symbol:A/RES/78/237, or symbol:A/AC.290/* for everything under it".into()),
        ("cites:hello", 7, "found `hello`, expected a document symbol (an organ and a stroke, as in A/RES/78/237, at its character 1); write cites:A/70/174, or cites:A/RES/70/* for everything under it".into()),
        ("cites:A/RES/7*", 7, "found `A/RES/7*`, expected a stroke before the star; write cites:A/70/174, or cites:A/RES/70/* for everything under it".into()),
        ("year:2021..2015", 6, "found `2021..2015`, expected an end that is not before 2021; write year:2015..2021 or year:2015..".into()),
        ("year:2015-2021", 6, "found `2015-2021`, expected a year or a range of years; write year:2015..2021 or year:2015..".into()),
        ("year:..", 6, "found `..`, expected a year or a range of years; write year:2015..2021 or year:2015..".into()),
        ("date:2015-02-30", 6, "found `2015-02-30`, expected a date or a range of dates; write date:2015-01-01..2015-06-30 or date:2015-01..".into()),
    ];
    for (query, column, message) in table {
        let error = parse(query).expect_err(query);
        assert_eq!(
            error.to_string(),
            format!("the query cannot be read at column {column}: {message}"),
            "{query:?}"
        );
        assert_eq!(error.column(), Some(column));
    }
}

#[test]
fn bounds_are_named() {
    // (query, bound, message)
    let table = [
        (
            "a".repeat(4097),
            QueryLimit::Bytes,
            "4097 bytes in a query are more than the 4096 allowed: shorten the query or split it in two",
        ),
        (
            "(".repeat(4000),
            QueryLimit::Depth,
            "33 levels of parentheses and negations are more than the 32 allowed: take out parentheses that change nothing",
        ),
        (
            "NOT ".repeat(1000),
            QueryLimit::Depth,
            "33 levels of parentheses and negations are more than the 32 allowed: take out parentheses that change nothing",
        ),
        (
            "a ".repeat(2000),
            QueryLimit::Clauses,
            "257 words, phrases and filters in a query are more than the 256 allowed: shorten the query or split it in two",
        ),
        (
            format!("lang:({}es)", "es,".repeat(1000)),
            QueryLimit::Clauses,
            "257 words, phrases and filters in a query are more than the 256 allowed: shorten the query or split it in two",
        ),
        (
            "a NEAR b ".repeat(400),
            QueryLimit::Clauses,
            "257 words, phrases and filters in a query are more than the 256 allowed: shorten the query or split it in two",
        ),
    ];
    for (query, bound, message) in table {
        let begun = Instant::now();
        let error = parse(&query).expect_err(message);
        // The promise is 5 ms for an optimized build; this one is not.
        assert!(begun.elapsed() < Duration::from_millis(50), "{message}");
        assert!(error.is_limit());
        assert!(matches!(&error, QueryError::Limit { limit, .. } if *limit == bound));
        assert_eq!(error.to_string(), message);
    }
    let deep = format!("{}a{}", "(".repeat(32), ")".repeat(32));
    assert_eq!(parse(&deep).map(|e| e.to_string()), Ok("a".to_owned()));
}

/// Any text is read or refused: never a panic, never a long wait.
#[test]
fn any_text_is_read_or_refused() {
    let pieces = [
        "(", ")", "\"", "“", "-", "*", ":", "AND ", "OR ", "NOT ", "a", "é", " ", "\0", "title:",
        "symbol:", "cites:", "year:", "..", "A/RES/1", "\u{202e}", "\u{301}", "𝒳", "'", "~", "^",
        "~2", "^2", "^0.5", "?", " NEAR ", " NEAR/3 ", "NEAR", "lang:es", ",", "(2000)",
        "\u{a78f}",
    ];
    // A fixed linear congruence: the same texts in every run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..20_000 {
        let mut query = String::new();
        for _ in 0..(state >> 60) + 1 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            query.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        match parse(&query) {
            Ok(expression) => {
                let written = expression.to_string();
                assert_eq!(parse(&written).as_ref(), Ok(&expression), "{query:?} {written:?}");
            }
            Err(error) => assert!(
                error.column().is_none_or(|at| (1..=query.chars().count() + 1).contains(&at)),
                "{query:?}"
            ),
        }
    }
}
