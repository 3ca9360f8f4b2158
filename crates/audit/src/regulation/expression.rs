//! Conditions that a company writes itself, in the Common Expression Language (CEL).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};

use cel::common::ast::{EntryExpr, Expr, IdedExpr, LiteralValue, operators};
use cel::common::value::{CowVal, Val};
use cel::context::VariableResolver;
use cel::{Context, Env, Program, Value};

/// The variable that holds the fields of the deal, asked for as `field["Город"]`.
pub(crate) const FIELD: &str = "field";

/// Functions of the language that an expression may call; operators need no name.
const FUNCTIONS: &[&str] = &[
    "size",
    "contains",
    "startsWith",
    "endsWith",
    "matches",
    "int",
    "uint",
    "double",
    "string",
    "bool",
    "min",
    "max",
    operators::NOT_STRICTLY_FALSE,
];

/// Characters of an expression at most: it is reckoned by recursion, and the stack has an end.
const LONGEST: usize = 1000;

/// A condition, compiled.
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    program: Arc<Program>,
    names: BTreeSet<String>,
    fields: BTreeSet<String>,
    /// Its bytes in the file.
    pub(super) place: Range<usize>,
}

/// What is wrong with an expression; places are characters of it.
#[derive(Debug, PartialEq)]
pub(crate) enum Fault {
    /// It is none; what the parser says.
    Syntax(usize, String),
    /// A variable or function that there is not.
    Unknown(Range<usize>, String),
    /// It asks for the time.
    Now(Range<usize>),
    /// Fields are asked for without a name in quotes.
    NoFieldName(Range<usize>),
}

impl Expression {
    /// Compiles an expression over these variables.
    pub(crate) fn parse(text: &str, variables: &[&str]) -> Result<Expression, Fault> {
        if text.chars().nth(LONGEST).is_some() {
            let fault = format!("longer than {LONGEST} characters");
            return Err(Fault::Syntax(LONGEST, fault));
        }
        // The parser is a stranger's: a regulation must not bring the program down.
        let compiled = catch_unwind(|| Program::compile(text));
        let Ok(compiled) = compiled else {
            return Err(Fault::Syntax(0, "the parser failed".to_owned()));
        };
        let program = compiled.map_err(|errors| {
            let first = errors.errors.first();
            let place = first.map_or(0, |error| character(text, error.pos));
            let fault = first.map_or_else(String::new, |error| error.msg.clone());
            Fault::Syntax(place, fault)
        })?;
        let mut used = Used::default();
        used.walk(program.expression(), &mut Vec::new());
        let known = |name: &str| variables.contains(&name);
        let unknown = used.names.iter().find(|name| !known(name));
        let call = used.functions.iter().find(|name| {
            let is_word = name.starts_with(|letter: char| letter.is_alphabetic());
            is_word && !FUNCTIONS.contains(&name.as_str())
        });
        if let Some(name) = unknown.or(call) {
            let place = word(text, name);
            return Err(match name.as_str() {
                "now" => Fault::Now(place),
                _ => Fault::Unknown(place, name.clone()),
            });
        }
        if used.fields_at_large {
            return Err(Fault::NoFieldName(word(text, FIELD)));
        }
        Ok(Expression {
            text: text.to_owned(),
            program: Arc::new(program),
            names: used.names,
            fields: used.fields,
            place: 0..0,
        })
    }

    /// As the regulation has it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it asks for a variable.
    pub fn names(&self, variable: &str) -> bool {
        self.names.contains(variable)
    }

    /// The fields of the deal that it asks for.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(String::as_str)
    }

    /// Whether it is true where the variables have these values, each asked for only when it is
    /// come to. What cannot be reckoned (an empty price compared, another type) is not true.
    pub(crate) fn holds(
        &self,
        value: impl Fn(&str) -> Value + Send + Sync,
        field: impl Fn(&str) -> String + Send + Sync,
    ) -> bool {
        static ENV: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib()));
        let values = Values {
            expression: self,
            value,
            field,
        };
        let run = || {
            let mut context = Context::with_env(Arc::clone(&ENV));
            context.set_variable_resolver(&values);
            self.program.execute(&context)
        };
        matches!(
            catch_unwind(AssertUnwindSafe(run)),
            Ok(Ok(Value::Bool(true)))
        )
    }
}

/// The values of variables.
struct Values<'e, V, F> {
    expression: &'e Expression,
    value: V,
    field: F,
}

impl<V, F> VariableResolver for Values<'_, V, F>
where
    V: Fn(&str) -> Value + Send + Sync,
    F: Fn(&str) -> String + Send + Sync,
{
    fn resolve<'b>(&'b self, variable: &str) -> Option<CowVal<'b, 'b>> {
        let value = if self.expression.names(variable) {
            (self.value)(variable)
        } else if variable == FIELD {
            let fields = self.expression.fields.iter();
            let fields: HashMap<String, Value> = fields
                .map(|name| (name.clone(), Value::from((self.field)(name))))
                .collect();
            Value::from(fields)
        } else {
            return None;
        };
        let value: Box<dyn Val> = value.try_into().ok()?;
        Some(CowVal::Owned(value))
    }
}

/// What an expression asks for.
#[derive(Default)]
struct Used {
    names: BTreeSet<String>,
    fields: BTreeSet<String>,
    functions: BTreeSet<String>,
    /// It asks for fields otherwise than by a name in quotes.
    fields_at_large: bool,
}

impl Used {
    /// `bound`: variables of the lists that the expression goes through.
    fn walk(&mut self, expression: &IdedExpr, bound: &mut Vec<String>) {
        let is_fields = |one: &IdedExpr, bound: &[String]| {
            matches!(&one.expr, Expr::Ident(name) if name == FIELD)
                && !bound.iter().any(|name| name == FIELD)
        };
        match &expression.expr {
            Expr::Unspecified | Expr::Literal(_) => {}
            Expr::Ident(name) if name.starts_with('@') || bound.contains(name) => {}
            Expr::Ident(name) if name == FIELD => self.fields_at_large = true,
            Expr::Ident(name) => {
                self.names.insert(name.clone());
            }
            Expr::Select(select) if !select.test && is_fields(&select.operand, bound) => {
                self.fields.insert(select.field.clone());
            }
            Expr::Select(select) => self.walk(&select.operand, bound),
            Expr::Call(call) => {
                if call.func_name == operators::INDEX
                    && let [map, key] = &call.args[..]
                    && let Expr::Literal(LiteralValue::String(name)) = &key.expr
                    && is_fields(map, bound)
                {
                    self.fields.insert(name.inner().to_owned());
                    return;
                }
                self.functions.insert(call.func_name.clone());
                for part in call.target.as_deref().into_iter().chain(&call.args) {
                    self.walk(part, bound);
                }
            }
            Expr::List(list) => list.elements.iter().for_each(|one| self.walk(one, bound)),
            Expr::Map(map) => self.entries(map.entries.iter().map(|entry| &entry.expr), bound),
            Expr::Struct(made) => self.entries(made.entries.iter().map(|entry| &entry.expr), bound),
            Expr::Comprehension(each) => {
                self.walk(&each.iter_range, bound);
                self.walk(&each.accu_init, bound);
                let before = bound.len();
                bound.extend([each.iter_var.clone(), each.accu_var.clone()]);
                bound.extend(each.iter_var2.clone());
                for part in [&each.loop_cond, &each.loop_step, &each.result] {
                    self.walk(part, bound);
                }
                bound.truncate(before);
            }
        }
    }

    fn entries<'e>(
        &mut self,
        entries: impl Iterator<Item = &'e EntryExpr>,
        bound: &mut Vec<String>,
    ) {
        for entry in entries {
            match entry {
                EntryExpr::StructField(field) => self.walk(&field.value, bound),
                EntryExpr::MapEntry(pair) => {
                    self.walk(&pair.key, bound);
                    self.walk(&pair.value, bound);
                }
            }
        }
    }
}

/// The character at a line and column, both from 1.
fn character(text: &str, (line, column): (isize, isize)) -> usize {
    let lines = usize::try_from(line - 1).unwrap_or(0);
    let before = text.split_inclusive('\n').take(lines);
    let before: usize = before.map(|line| line.chars().count()).sum();
    let column = usize::try_from(column - 1).unwrap_or(0);
    (before + column).min(text.chars().count())
}

/// Where a word stands outside quotes.
fn word(text: &str, word: &str) -> Range<usize> {
    let letters: Vec<char> = text.chars().collect();
    let of_word = |letter: &char| letter.is_alphanumeric() || *letter == '_';
    let length = word.chars().count();
    let mut quote = None;
    let mut place = 0;
    while let Some(letter) = letters.get(place) {
        match quote {
            Some(end) if *letter == end => quote = None,
            Some(_) if *letter == '\\' => place += 1,
            Some(_) => {}
            None if *letter == '"' || *letter == '\'' => quote = Some(*letter),
            None if of_word(letter) => {
                let run = letters[place..]
                    .iter()
                    .take_while(|one| of_word(one))
                    .count();
                if run == length && letters[place..place + run].iter().copied().eq(word.chars()) {
                    return place..place + run;
                }
                place += run;
                continue;
            }
            None => {}
        }
        place += 1;
    }
    0..letters.len()
}

/// The bytes of a file in which characters of a quoted text stand; `quoted` is the text's place
/// with its quotes.
pub(crate) fn in_file(source: &str, quoted: Range<usize>, wanted: Range<usize>) -> Range<usize> {
    let raw = source.get(quoted.clone()).unwrap_or_default();
    let marks = ["\"\"\"", "'''", "\"", "'"];
    let mark = marks
        .into_iter()
        .find(|mark| raw.starts_with(mark))
        .unwrap_or("");
    let mut at = mark.len();
    if mark.len() == 3 {
        let rest = &raw[at..];
        at += rest.len()
            - rest
                .strip_prefix("\r\n")
                .or(rest.strip_prefix('\n'))
                .unwrap_or(rest)
                .len();
    }
    let escapes = mark.starts_with('"');
    let mut places = BTreeMap::from([(0, at)]);
    for n in 1..=wanted.end {
        let mut letters = raw.get(at..).unwrap_or_default().chars();
        at += match letters.next() {
            Some('\\') if escapes => match letters.next() {
                Some('x') => 4,
                Some('u') => 6,
                Some('U') => 10,
                _ => 2,
            },
            letter => letter.map_or(0, char::len_utf8),
        };
        places.insert(n, at.min(raw.len()));
    }
    let place = |n: usize| quoted.start + places.get(&n).copied().unwrap_or(0);
    place(wanted.start)..place(wanted.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["price", "open_tasks", "stage"];

    fn parsed(text: &str) -> Expression {
        Expression::parse(text, KNOWN).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
    }

    fn holds(text: &str, price: Value) -> bool {
        let value = |name: &str| match name {
            "price" => price.clone(),
            "open_tasks" => Value::Int(0),
            _ => Value::from("offer".to_owned()),
        };
        parsed(text).holds(value, |name| format!("<{name}>"))
    }

    #[test]
    fn what_is_true_is_true_and_what_fails_is_not() {
        let price = || Value::Float(50_000.5);
        for yes in [
            "price > 50000",
            "price > 50000.0 && open_tasks == 0",
            "stage in [\"offer\", \"work\"]",
            "[1, 2].exists(n, n > open_tasks)",
            "field[\"Город\"] == '<Город>' && field.city.startsWith('<')",
            "stage.matches('^off')",
            "size(field[\"Город\"]) == 7",
            "price < 0 || true",
        ] {
            assert!(holds(yes, price()), "{yes}");
        }
        for no in [
            "price > 'a'",
            "price",
            "'true'",
            "1 / open_tasks > 0",
            "9223372036854775807 + 1 > open_tasks",
            "int(stage) > 0",
        ] {
            assert!(!holds(no, price()), "{no}");
        }
        assert!(!holds("price < 100", Value::Null));
        assert!(holds("price == null || price < 100", Value::Null));
    }

    #[test]
    fn it_knows_what_it_asks_for() {
        let one = parsed("price > 1 && field[\"Город\"] == \"stage\" && field.inn == ''");
        assert!(one.names("price") && !one.names("stage"));
        assert_eq!(one.fields().collect::<Vec<_>>(), ["inn", "Город"]);
    }

    #[test]
    fn faults_have_their_places() {
        let fault = |text: &str| {
            Expression::parse(text, KNOWN)
                .map(|it| it.text)
                .unwrap_err()
        };
        assert_eq!(
            fault("'prise' == prise"),
            Fault::Unknown(11..16, "prise".to_owned())
        );
        assert_eq!(fault("price > now"), Fault::Now(8..11));
        assert_eq!(fault("price > now()"), Fault::Now(8..11));
        assert_eq!(
            fault("seize(stage) > 1"),
            Fault::Unknown(0..5, "seize".to_owned())
        );
        assert_eq!(fault("'x' in field"), Fault::NoFieldName(7..12));
        assert_eq!(fault("field[stage] == ''"), Fault::NoFieldName(0..5));
        assert_eq!(fault("has(field.inn)"), Fault::NoFieldName(4..9));
        assert!(matches!(fault("price > "), Fault::Syntax(8, _)));
        assert!(matches!(fault(""), Fault::Syntax(0, _)));
        assert!(matches!(fault("((((("), Fault::Syntax(..)));
    }

    #[test]
    fn no_expression_of_allowed_length_is_too_deep() {
        let chain = |part: &str, last: &str| {
            let parts = (LONGEST - last.len()) / part.len();
            format!("{}{last}", part.repeat(parts))
        };
        for deep in [
            chain("1+", "1"),
            chain("1 < 2 && ", "true"),
            chain("!", "true"),
            chain("-", "1"),
            chain("[", "1"),
            chain("(", "1"),
            chain("true?true:", "true"),
            format!("field.a{}", chain(".b", "")),
        ] {
            // A mistake or a verdict, but no fall.
            if let Ok(expression) = Expression::parse(&deep, KNOWN) {
                expression.holds(|_| Value::Null, |_| String::new());
            }
        }
        let long = " ".repeat(LONGEST) + "1";
        let fault = Expression::parse(&long, KNOWN).map(|it| it.text);
        assert!(matches!(fault, Err(Fault::Syntax(LONGEST, _))));
    }

    #[test]
    fn places_survive_escapes() {
        let source = "when = \"field[\\\"Город\\\"] > now\"";
        assert_eq!(&source[in_file(source, 7..source.len(), 17..20)], "now");
        let source = "when = '''\nя > now'''";
        assert_eq!(&source[in_file(source, 7..source.len(), 4..7)], "now");
        assert_eq!(in_file("", 3..9, 0..4), 3..3);
    }
}
