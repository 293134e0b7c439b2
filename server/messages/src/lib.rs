//! What the portal says: Fluent files in English, French and Arabic.
