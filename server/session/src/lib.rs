//! Who is asking: the extractors that screens and API share.
