//! Questions to the operator.

mod answer;
