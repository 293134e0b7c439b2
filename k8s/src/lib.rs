//! The cluster: what should run is applied, what runs is observed.
