//! Ids, money, states, requests and views that the server, the screens and the browser share.
