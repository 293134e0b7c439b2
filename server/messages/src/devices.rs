//! What people call the browser and the system that a request came from.

/// What a browser says of itself, shortened to what a person recognises.
#[must_use]
pub fn device_name(said: &str) -> String {
    let name = ["Edg", "OPR", "Firefox", "Chrome", "Safari", "curl"].into_iter().find(|name| said.contains(name));
    let system =
        ["Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"].into_iter().find(|name| said.contains(name));
    let name = name.map(|name| match name {
        "Edg" => "Edge",
        "OPR" => "Opera",
        other => other,
    });
    match (name, system) {
        (Some(name), Some(system)) => format!("{name} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => said.chars().take(60).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0";
        assert_eq!(device_name(edge), "Edge · Windows");
        assert_eq!(device_name("curl/8.5"), "curl");
        assert_eq!(device_name("something else"), "something else");
    }
}
