//! Models against exact figures, published figures, and what must hold of any model.

mod golden;
mod cdnow;
mod properties;
mod scarce;
