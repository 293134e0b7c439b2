//! The program tamuda: serves screens, API and events, and runs the workers.
