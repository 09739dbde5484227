//! One pass over the facts of a bucket, customer by customer.
