//! Customers: a key, attributes, contacts.

use super::draft::optional_moment;
use super::orders::{Customer, customer, place, warn_of_two_scripts};
use super::people::Person;
use super::plan::Plan;
use super::report::Refusal;
use super::view::View;
use super::{Cleaner, CustomerSink, each_row};
use crate::facts::CustomerRow;
use crate::sources::RowBlock;

/// Cleans a block. A row without a key is rejected: nothing could be told of anybody by it.
pub(super) fn clean(cleaner: &mut Cleaner, block: &RowBlock, sink: &mut impl CustomerSink) {
    each_row(cleaner, block, &mut |cleaner, plan, view| one(cleaner, plan, view, sink));
}

fn one(
    cleaner: &mut Cleaner,
    plan: &Plan,
    view: &View<'_>,
    sink: &mut impl CustomerSink,
) -> Result<(), Refusal> {
    let Cleaner { keys, people, report, .. } = cleaner;
    let customer = customer(plan, view, keys)?;
    let Some(customer) = customer.as_ref() else {
        let columns = &plan.customer;
        let column = columns.id.or(columns.emails.first().copied()).or(columns.phones.first().copied());
        return Err(Refusal::missing(column.or(columns.full_name), "customer id, e-mail or phone"));
    };
    warn_of_two_scripts(plan, view, customer, report);
    let created = optional_moment(plan, view, &plan.created_at, report).map(|at| plan.zone.day_of(at));
    let attributes = plan.attributes.iter();
    let attributes =
        attributes.filter_map(|(index, name)| Some((name.as_str(), view.attribute(*index)?))).collect();
    let person = Person { id: customer.id(), key: customer.key(), at: 0, phone: None };
    people.collect(plan, view, &person, false, report);
    sink.customer(CustomerRow { customer_id: Customer::id(customer), created, attributes }, place(view.row));
    report.given(false, false);
    Ok(())
}
