//! Gamma–Gamma: what an order of a customer is worth (Fader, Hardie and Lee 2005; Fader and Hardie 2013).

use super::history::sum_chunks;
use super::jet::Jet;
use super::optimise::{Optimum, maximise};
use super::special::{LnGamma, ln_gamma, ln_gamma_with_derivatives};
use serde::{Deserialize, Serialize};

