//! The pages of `docs/` that say what the program's own lists say: each is made from its list and
//! compared with the file. `BLESS=1 cargo test -p dolka-app docs` writes the files anew.

use clap::CommandFactory;
use dolka_app::cli::Arguments;
use engine::facts::{events, schema};
use engine::features::{FEATURES, Unit};
use engine::import::fields::{self, Shape};
use engine::import::presets::{self, Preset};
use engine::import::problem::REASONS;
use engine::segmentations::{About, MovedTo, SEGMENTATIONS};
use model::base::FactKind;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Columns of a terminal for which help is laid out on the page.
const HELP_COLUMNS: usize = 100;

/// A page is as it should be, or is made so where blessing was asked for.
pub(crate) fn check(page: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(page);
    let text = format!("{}\n", text.trim_end());
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    let differs = text.lines().zip(found.lines()).find(|(expected, found)| expected != found);
    assert!(
        found == text,
        "docs/{page} is not what the program says; rewrite it with `BLESS=1 cargo test -p dolka-app docs`\n\
         {differs:?}"
    );
}

/// A table; cells lose what would end them.
pub(crate) fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let line =
        |cells: [String; N]| format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "));
    let mut text = line(head.map(str::to_owned));
    text.push_str(&line([(); N].map(|()| "---".to_owned())));
    rows.into_iter().for_each(|row| text.push_str(&line(row)));
    text
}

pub(crate) fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{text}`") }
}

/// A sentence out of a list's short meaning.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

fn segmentation_page(about: &About) -> String {
    let name = about.name;
    let mut text = format!("# `{name}`\n\n**{}**\n\n{}\n", about.question, about.method.trim_end());
    let settings = about
        .parameters
        .iter()
        .map(|p| [format!("`{name}.{}`", p.name), code(p.default), p.meaning.to_owned()]);
    let _ = write!(
        text,
        "\n## Settings\n\nGiven as `--set {name}.SETTING=VALUE` to `dolka segment`, `explain` and `report`. \
         An empty default means that the setting is not used.\n\n{}",
        table(["setting", "default", "what it does"], settings)
    );
    let columns = about.columns.iter().map(|(column, meaning)| [code(column), (*meaning).to_owned()]);
    let _ = write!(
        text,
        "\n## Columns\n\nWhat `dolka segment {name} --out FILE` writes for every customer, besides the \
         [features](../features.md) it looked at.\n\n{}",
        table(["column", "meaning"], columns)
    );
    let segments = about
        .segments
        .iter()
        .map(|segment| [code(segment.name), segment.meaning.to_owned(), segment.action.to_owned()]);
    let _ = write!(
        text,
        "\n## Segments\n\nThe values of `{}`.\n\n{}",
        about.named_by,
        table(["segment", "who is in it", "what to do"], segments)
    );
    if !about.moves.is_empty() {
        let named = |names: &[&str]| names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
        let moves = about.moves.iter().map(|one| {
            let to = match one.to {
                MovedTo::Segments(to) => named(to),
                MovedTo::Flag(column, held) => format!("`{column}` turned {held}"),
            };
            let wanted = if one.wanted { "yes" } else { "no" };
            [code(one.name), wanted.to_owned(), named(one.from), to]
        });
        let _ = write!(
            text,
            "\n## Moves\n\nWhat [`dolka moves {name}`](../moves.md) counts between two days.\n\n{}",
            table(["move", "wanted", "from", "to"], moves)
        );
    }
    text
}

#[test]
fn checks_page() {
    let rows = engine::checks::CHECKS.iter().map(|one| [code(one.name), sentence(one.finds)]);
    let table = table(["check", "something is found when"], rows);
    check(
        "checks.md",
        &format!("# Is a segmentation any good?\n\n{}\n\n{table}", engine::checks::METHOD.trim_end()),
    );
}

#[test]
fn docs_of_segmentations() {
    for segmentation in SEGMENTATIONS {
        let about = segmentation.about();
        check(&format!("segmentations/{}.md", about.name), &segmentation_page(about));
    }
}

#[test]
fn docs_of_features() {
    let kind = |unit| match unit {
        Unit::Count => "whole number",
        Unit::Day => "day",
        Unit::Money => "exact money",
        Unit::Quantity => "exact quantity",
        Unit::Number => "number",
        Unit::Text => "text",
    };
    let rows = FEATURES
        .iter()
        .map(|feature| [code(feature.name), kind(feature.unit).to_owned(), feature.meaning.to_owned()]);
    let text = format!(
        "# Features\n\nOne value per customer, as of the end of a day: `dolka features` writes all of them \
         or \
         those you name, `dolka segment` those that its segmentations looked at. Only orders up to the as-of \
         day count; a value that cannot be known is empty. Money and quantities are exact to four \
         decimals.\n\n{}",
        table(["feature", "kind", "meaning"], rows)
    );
    check("features.md", &text);
}

#[test]
fn docs_of_fields() {
    let shape = |shape| match shape {
        Shape::Id => "id",
        Shape::Text => "text",
        Shape::Number => "number",
        Shape::Date => "date",
        Shape::Contact => "personal",
        Shape::Attribute => "attribute",
    };
    let mut text =
        "# Fields\n\nWhat a column of a file can be used as: `--map FIELD=HEADER`. `dolka fields` \
                    prints this list. A column is recognised by its header in five languages and by \
                    what its cells hold; `--map` overrides that, `--map ignore=HEADER` leaves a column \
                    out.\n\n\
                    *Personal* fields go to the state of the base and never to fact files. *Attributes* are \
                    kept per customer; in customer files every column that is no field becomes an attribute \
                    under its own header.\n"
            .to_owned();
    for kind in FactKind::ALL {
        let rows = fields::fields(kind).map(|field| {
            let many = if field.many { "; several columns may be" } else { "" };
            [code(field.name), shape(field.shape).to_owned(), sentence(&format!("{}{many}", field.meaning))]
        });
        let _ = write!(
            text,
            "\n## In files of {}\n\n{}",
            kind.name(),
            table(["field", "read as", "meaning"], rows)
        );
    }
    check("fields.md", &text);
}

/// How surely a preset is known, in words.
fn checked(preset: &Preset) -> &'static str {
    match preset.checked.as_str() {
        "code" => "the exporter's public source",
        "fixture" => "a public export file",
        "docs" => "the vendor's documentation",
        "memory" => "not confirmed by a file yet",
        other => panic!("`{other}` is no way to check a preset"),
    }
}

#[test]
fn docs_of_presets() {
    let rows = presets::shipped().iter().map(|preset| {
        let advice = preset.advice.as_deref().map(sentence).unwrap_or_default();
        [
            code(&preset.id),
            preset.system.clone(),
            preset.kind.name().to_owned(),
            checked(preset).to_owned(),
            advice,
        ]
    });
    let text = format!(
        "# Presets\n\nSystems whose exports are known. A file is recognised by its headers; `--preset NAME` \
         says \
         it outright. Files of any other system work too: columns are recognised one by one, see \
         [importing](import.md). The system's column says where in it the export is made.\n\n{}\n\
         A preset of your own: `dolka import FILE --map … --save-preset NAME`; the base keeps it.\n",
        table(
            ["preset", "system, and where to export", "holds", "headers known from", "what to export"],
            rows
        )
    );
    check("presets.md", &text);
}

#[test]
fn docs_of_reasons() {
    let rows = REASONS
        .iter()
        .map(|reason| [code(reason.code), sentence(reason.meaning), sentence(reason.suggestion)]);
    let text = format!(
        "# Why rows are rejected\n\nThe codes in the file of rejects, in the notes of an import and in the \
         report. \
         `E_…` rejects the row, or only the cell where the cell is an e-mail address or a phone number. \
         `N_…` and `W_…` are warnings: the row is imported. What to do with rejects: see \
         [importing](import.md#rejected-rows).\n\n{}",
        table(["code", "what is wrong", "what to do"], rows)
    );
    check("reasons.md", &text);
}

/// Columns of fact files that no field of an import carries, or that mean something else there.
const COLUMNS: &[(&str, &str)] = &[
    ("ordered_at", "Moment of the order"),
    ("day", "Day of the order or event in the base's time zone: what every analysis counts by"),
    ("customer_id", "The customer; empty on order lines and events that name nobody"),
    ("taken_back", "The event is another customer's now: an older row of the same id counts no longer"),
    ("more", "What the file said besides, as a JSON object of texts"),
    ("order_id", "The order; made from the row's content where the file has no order ids"),
    ("line", "Line of the order, from 0; −1 takes the order back (cancelled, or moved to another customer)"),
    ("source", "Where the ids come from: they are unique within it"),
    ("attribute", "Name of the attribute; empty: the row only says that the customer is known"),
    ("value", "Value of the attribute"),
    ("population", "Name of the population"),
    ("combination", "Rows of one number say what the same people have in common"),
    ("count", "How many people have all of it in common"),
    ("created", "Day on which the customer became known"),
];

#[test]
fn docs_of_fact_files() {
    let text_type = schema::repeated_text();
    let mut text = "# Columns of fact files\n\nWhat any reader of Parquet sees in the folder `facts` of a \
                    base. How to put files together: see [the base on disk](base.md).\n"
        .to_owned();
    for kind in FactKind::ALL {
        let schema = match kind {
            FactKind::Orders => schema::orders(&text_type),
            FactKind::Customers => schema::customers(&text_type),
            FactKind::Products => schema::products(),
            FactKind::Regions => schema::regions(),
            FactKind::Population => schema::population(),
            event => events::schema(event),
        };
        let rows = schema.fields().iter().map(|column| {
            let name = column.name().as_str();
            let own = COLUMNS.iter().find(|(known, _)| *known == name).map(|(_, meaning)| *meaning);
            let meaning = own.or_else(|| Some(fields::field(kind, name)?.meaning));
            let meaning = meaning.unwrap_or_else(|| panic!("what is the column `{name}`?"));
            let may_be_empty = if column.is_nullable() { "yes" } else { "" };
            [
                code(name),
                arrow_type(&column.data_type().to_string()),
                may_be_empty.to_owned(),
                sentence(meaning),
            ]
        });
        let _ = write!(
            text,
            "\n## `facts/{}`\n\n{}",
            kind.name(),
            table(["column", "type", "may be empty", "meaning"], rows)
        );
    }
    check("facts.md", &text);
}

/// The name of a type as readers of Parquet know it.
fn arrow_type(name: &str) -> String {
    match name {
        // A dictionary is how the engine reads repeated text; in the file it is text.
        "Utf8" | "Dictionary(Int32, Utf8)" => "text".to_owned(),
        "Boolean" => "true or false".to_owned(),
        "Int32" => "32-bit integer".to_owned(),
        "Date32" => "date".to_owned(),
        "Decimal64(18, 4)" => "decimal(18, 4)".to_owned(),
        other if other.starts_with("Timestamp(") => "timestamp, microseconds, UTC".to_owned(),
        other => panic!("how should `{other}` be called?"),
    }
}

#[test]
fn docs_of_the_command_line() {
    let mut command = Arguments::command().term_width(HELP_COLUMNS);
    command.build();
    let mut text = "# Command line\n\nWhat `dolka --help` and `dolka help COMMAND` print.\n".to_owned();
    let mut add = |name: &str, command: &mut clap::Command| {
        let help = command.render_long_help().to_string();
        let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
        let _ = write!(text, "\n## `{name}`\n\n```text\n{}\n```\n", lines.join("\n").trim_end());
    };
    add("dolka", &mut command);
    for verb in command.get_subcommands_mut().filter(|verb| verb.get_name() != "help") {
        add(&format!("dolka {}", verb.get_name()), verb);
    }
    check("command-line.md", &text);
}

/// The index of the docs names every segmentation with its question.
#[test]
fn docs_index_the_segmentations() {
    let index =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/README.md")).unwrap();
    for segmentation in SEGMENTATIONS {
        let about = segmentation.about();
        let line = format!("[`{0}`](segmentations/{0}.md): {1}", about.name, about.question);
        assert!(index.contains(&line), "docs/README.md should have a line `{line}`");
    }
}

/// What README.md shows of the first command is what the command prints.
#[test]
fn docs_first_result() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_dolka"))
        .args(["report", "data/online_retail_sample.csv.gz", "--zone", "UTC", "--out"])
        .arg(folder.path().join("report.html"))
        .current_dir(&root)
        .output()
        .unwrap();
    let printed = String::from_utf8(run.stdout).unwrap();
    assert!(
        run.status.success() && printed.starts_with(shown),
        "README.md shows\n{shown}\nbut it is\n{printed}"
    );
}

/// README.md says how many features there are, and names every system whose exports are known.
#[test]
fn docs_readme_names_what_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    assert!(readme.contains(&format!("{} numbers per customer", FEATURES.len())));
    for preset in presets::shipped() {
        let system = preset.system.split([':', ',']).next().unwrap();
        assert!(readme.contains(system), "README.md should name the known system `{system}`");
    }
}
