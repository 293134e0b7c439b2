//! A PostgreSQL database of its own for each test.
