//! Classes as people type them.

use crate::deals::Class;

#[test]
fn a_class_is_a_letter_however_it_is_typed() {
    for (typed, class) in [
        ("A", Class::A),
        (" b ", Class::B),
        ("class C", Class::C),
        ("D-deal", Class::D),
        ("Класс А", Class::A),
        ("В", Class::B),
        ("С", Class::C),
        ("Х", Class::X),
        ("x", Class::X),
    ] {
        assert_eq!(Class::typed(typed), Some(class), "{typed}");
    }
    for typed in ["", "gold", "AB", "A B", "E", "unclear", "1"] {
        assert_eq!(Class::typed(typed), None, "{typed}");
    }
}
