//! Reads what is typed after `dolka predict`.

use crate::jobs::predict::{HORIZON_DAYS_MAX, Span};
use engine::import::names::did_you_mean;
use model::prediction::models::{ORDER_MODELS, OrderModel};

/// A model by its name; the `_k` of regular buyers may be left out.
pub(in crate::cli) fn model(text: &str) -> Result<OrderModel, String> {
    let known = OrderModel::of_name(text).or_else(|| OrderModel::of_name(&format!("{text}_k")));
    known.ok_or_else(|| {
        let names = || ORDER_MODELS.iter().map(|model| model.name());
        let all: Vec<&str> = names().collect();
        format!("there is no model `{text}`; there are {}{}", all.join(", "), did_you_mean(text, names()))
    })
}

/// A time such as `39w`.
pub(in crate::cli) fn span(text: &str) -> Result<Span, String> {
    let refuse = || {
        format!(
            "`{text}` is no time ahead; write it like 39w, 90d, 12m or 1y, at most {HORIZON_DAYS_MAX} days"
        )
    };
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(refuse)?;
    let number: u32 = number.trim().parse().map_err(|_| refuse())?;
    let (span, days) = match unit {
        "d" => (Span::Days(number), Some(number)),
        "w" => (Span::Days(number.saturating_mul(7)), number.checked_mul(7)),
        "m" => (Span::Months(number), number.checked_mul(30)),
        "y" => (Span::Months(number.saturating_mul(12)), number.checked_mul(365)),
        _ => return Err(refuse()),
    };
    days.filter(|days| (1..=HORIZON_DAYS_MAX).contains(days)).map(|_| span).ok_or_else(refuse)
}

/// A share per year such as `10%`.
pub(in crate::cli) fn discount(text: &str) -> Result<f64, String> {
    let percent = text.trim().strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
    let known = percent.filter(|percent| (0.0..=100.0).contains(percent));
    known
        .map(|percent| percent / 100.0)
        .ok_or_else(|| format!("`{text}` is no discount; write percent per year like 10%, from 0% to 100%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_ahead() {
        assert_eq!(span("39w"), Ok(Span::Days(273)));
        assert_eq!(span("90d"), Ok(Span::Days(90)));
        assert_eq!(span("12m"), Ok(Span::Months(12)));
        assert_eq!(span("1y"), Ok(Span::Months(12)));
        for bad in ["", "w", "0w", "-1d", "39", "3 moons", "9999w", "é", "4294967295y"] {
            assert!(span(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn discounts_are_percent() {
        assert_eq!(discount("10%"), Ok(0.1));
        assert_eq!(discount("0 %"), Ok(0.0));
        for bad in ["10", "", "%", "-1%", "101%", "NaN%"] {
            assert!(discount(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn models_by_name() {
        assert_eq!(model("mbg_cnbd"), Ok(OrderModel::MbgCnbd));
        assert_eq!(model("mbg_cnbd_k"), Ok(OrderModel::MbgCnbd));
        assert!(model("bgnbd").is_err_and(|error| error.contains("bg_nbd")));
    }
}
