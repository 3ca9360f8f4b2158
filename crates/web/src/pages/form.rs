//! Forms: fields with what was typed in them, and beside each what is wrong with it.

use std::borrow::Cow;

use app::Fault;

use super::Words;

/// Something to choose.
pub(super) struct Choice {
    pub value: String,
    pub label: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// How a field is filled in.
pub(super) enum Input {
    /// By a line of some kind, as HTML names it.
    Line(&'static str),
    /// By several lines.
    Lines,
    /// By a mark.
    Mark,
    /// By choosing.
    Choice(Vec<Choice>),
}

/// A field of a form.
pub(super) struct Field {
    pub name: Cow<'static, str>,
    pub label: String,
    pub input: Input,
    /// What was typed or chosen; of a mark `on` or nothing.
    pub value: String,
    pub hint: String,
    pub fault: String,
    pub required: bool,
}

impl Field {
    fn new(words: Words, name: &'static str, label: &str, input: Input, value: &str) -> Field {
        let hint = format!("{label}-hint");
        Field {
            name: name.into(),
            label: words.text(label),
            hint: match words.has(&hint) {
                true => words.text(&hint),
                false => String::new(),
            },
            input,
            value: value.to_owned(),
            fault: String::new(),
            required: true,
        }
    }

    /// A line of text; its label is a message, its hint the one with `-hint`, where there is one.
    pub fn text(words: Words, name: &'static str, label: &str, value: &str) -> Field {
        Field::new(words, name, label, Input::Line("text"), value)
    }

    /// A day.
    pub fn day(words: Words, name: &'static str, label: &str, value: &str) -> Field {
        Field::new(words, name, label, Input::Line("date"), value)
    }

    /// Several lines of text.
    pub fn lines(words: Words, name: &'static str, label: &str, value: &str) -> Field {
        Field::new(words, name, label, Input::Lines, value)
    }

    /// Several lines of text under a name and a label that are no messages.
    pub fn passage(name: String, label: String, value: &str) -> Field {
        Field {
            name: name.into(),
            label,
            input: Input::Lines,
            value: value.to_owned(),
            hint: String::new(),
            fault: String::new(),
            required: false,
        }
    }

    /// A mark.
    pub fn mark(words: Words, name: &'static str, label: &str, is_on: bool) -> Field {
        let value = if is_on { "on" } else { "" };
        Field::new(words, name, label, Input::Mark, value).optional()
    }

    /// A choice. What is chosen stays a choice, even where it is no longer offered.
    pub fn choice(
        words: Words,
        name: &'static str,
        label: &str,
        value: &str,
        mut choices: Vec<Choice>,
    ) -> Field {
        if choices.iter().all(|choice| choice.value != value) {
            choices.insert(0, Choice::new(value, value));
        }
        Field::new(words, name, label, Input::Choice(choices), value).optional()
    }

    pub fn is_mark(&self) -> bool {
        matches!(self.input, Input::Mark)
    }

    pub fn is_choice(&self) -> bool {
        matches!(self.input, Input::Choice(_))
    }

    /// What it holds, as people read it.
    pub fn said(&self, words: Words) -> String {
        match &self.input {
            Input::Mark => words.text(match self.value.is_empty() {
                true => "form-no",
                false => "form-yes",
            }),
            Input::Choice(choices) => {
                let chosen = choices.iter().find(|choice| choice.value == self.value);
                chosen.map_or_else(String::new, |choice| choice.label.clone())
            }
            Input::Line(_) | Input::Lines => self.value.replace('\n', ", "),
        }
    }

    /// The same, where it may be left empty.
    pub fn optional(self) -> Field {
        let required = false;
        Field { required, ..self }
    }
}

/// A form.
pub(super) struct Form {
    /// A word for it; unique on its page.
    pub id: &'static str,
    /// Where it goes.
    pub action: String,
    /// Whether it changes nothing.
    pub asks: bool,
    pub fields: Vec<Field>,
    /// What its button does.
    pub button: String,
    /// What is wrong with the whole of it; empty: nothing.
    pub fault: String,
    /// Where one goes who does not want it; empty: nowhere.
    pub away: String,
}

impl Form {
    /// A form that does something.
    pub fn doing(id: &'static str, action: impl Into<String>, button: String) -> Form {
        Form {
            id,
            action: action.into(),
            asks: false,
            fields: Vec::new(),
            button,
            fault: String::new(),
            away: String::new(),
        }
    }

    /// A form that narrows a list.
    pub fn asking(id: &'static str, action: impl Into<String>, button: String) -> Form {
        let asks = true;
        Form {
            asks,
            ..Form::doing(id, action, button)
        }
    }

    /// The same with a field more.
    pub fn with(mut self, field: Field) -> Form {
        self.fields.push(field);
        self
    }

    /// The same with a way out.
    pub fn or_to(self, away: impl Into<String>) -> Form {
        let away = away.into();
        Form { away, ..self }
    }

    /// The same with what is wrong, each fault beside its field.
    pub fn faulted(mut self, words: Words, faults: &[Fault]) -> Form {
        for fault in faults {
            let said = words.text(&format!("fault-{}", fault.code.replace('_', "-")));
            let mut fields = self.fields.iter_mut();
            match fields.find(|field| field.name == fault.field) {
                Some(field) => field.fault = said,
                None => self.fault = said,
            }
        }
        self
    }
}
