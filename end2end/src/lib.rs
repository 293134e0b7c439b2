//! Journeys in a headless Chromium.
