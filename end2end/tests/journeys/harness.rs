//! The harness itself, on pages of a few lines: a check that never fails proves nothing about the portal.

use std::collections::HashMap;

use end2end::{Journey, Scheme, Scripts, Setting, Width};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'none'; form-action 'self'";
const FORM: &str = "<form action='/greeting'><label>Name <input name='name'></label><button>Greet</button></form>";

/// Serves these bodies as whole pages and gives the origin. `/greeting` shows the query it was asked with.
async fn serve(bodies: &[(&'static str, &str)]) -> anyhow::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let bodies: HashMap<_, _> = bodies.iter().map(|(path, body)| (path.to_string(), body.to_string())).collect();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 8192];
            let length = stream.read(&mut request).await.unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let (path, query) = target(&request);
            let body = bodies.get(path).cloned().unwrap_or_else(|| format!("<h1>{query}</h1>"));
            let _ = stream.write_all(response(&body).as_bytes()).await;
        }
    });
    Ok(origin)
}

fn target(request: &str) -> (&str, &str) {
    let target = request.split(' ').nth(1).unwrap_or_default();
    target.split_once('?').unwrap_or((target, "nothing"))
}

fn response(body: &str) -> String {
    let page = format!(
        "<!doctype html><html lang='en'><head><meta name='viewport' content='width=device-width'><title>T</title>\
         <link rel='icon' href='data:,'></head><body><main>{body}</main></body></html>"
    );
    let length = page.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n\
         Content-Security-Policy: {POLICY}; img-src data:\r\nConnection: close\r\n\r\n{page}"
    )
}

#[tokio::test]
async fn forms_are_filled_and_sent_with_and_without_scripts() -> anyhow::Result<()> {
    let origin = serve(&[("/", FORM)]).await?;
    for scripts in [Scripts::On, Scripts::Off] {
        let journey = Journey::start(&origin, Setting { scripts, ..Setting::default() }).await?;
        let tab = journey.tab().await?;
        tab.open("/").await?;
        tab.fill("[name=name]", "wrong").await?;
        tab.fill("[name=name]", "amal").await?;
        assert_eq!(tab.value("[name=name]").await?, "amal", "the first text was replaced");
        tab.click("button").await?;
        tab.until_path("/greeting?name=amal").await?;
        tab.until_text("h1", "name=amal").await?;
        journey.end().await?;
    }
    Ok(())
}

#[tokio::test]
async fn option_is_chosen_by_its_label_with_and_without_scripts() -> anyhow::Result<()> {
    let options = "<select aria-label='GPU'><option value='a'>A100</option><option value='h'>H200</option></select>";
    let origin = serve(&[("/", options)]).await?;
    for scripts in [Scripts::On, Scripts::Off] {
        let journey = Journey::start(&origin, Setting { scripts, ..Setting::default() }).await?;
        let tab = journey.tab().await?;
        tab.open("/").await?;
        assert_eq!(tab.value("select").await?, "a");
        tab.choose("select", "H2").await?;
        assert_eq!(tab.value("select").await?, "h");
        journey.end().await?;
    }
    Ok(())
}

#[tokio::test]
async fn form_is_sent_by_keyboard_alone() -> anyhow::Result<()> {
    let origin = serve(&[("/", FORM)]).await?;
    let journey = Journey::start(&origin, Setting::default()).await?;
    let tab = journey.tab().await?;
    tab.open("/").await?;
    tab.press(&["Tab", "a", "b", "Tab", "Enter"]).await?;
    tab.until_text("h1", "name=ab").await?;
    journey.end().await
}

#[tokio::test]
async fn refused_script_fails_the_journey_unless_it_is_forgiven() -> anyhow::Result<()> {
    let origin = serve(&[("/", "<h1>Hello</h1><script>document.title = 'changed'</script>")]).await?;
    let journey = Journey::start(&origin, Setting::default()).await?;
    let tab = journey.tab().await?;
    tab.open("/").await?;
    tab.until_text("h1", "Hello").await?;
    journey.forgive("Content Security Policy")?;
    assert!(journey.forgive("Content Security Policy").is_err(), "it was forgiven once");
    tab.open("/").await?;
    tab.until_text("h1", "Hello").await?;
    let end = journey.end().await.unwrap_err().to_string();
    assert!(end.contains("Content Security Policy"), "{end}");
    Ok(())
}

#[tokio::test]
async fn page_wider_than_a_phone_is_noticed_on_a_phone() -> anyhow::Result<()> {
    let origin = serve(&[("/", "<h1>Wide</h1><p style='inline-size: 500px'>text</p>")]).await?;
    for (width, fits) in [(Width::Desk, true), (Width::Phone, false)] {
        let journey = Journey::start(&origin, Setting { width, ..Setting::default() }).await?;
        let tab = journey.tab().await?;
        tab.open("/").await?;
        assert_eq!(tab.check_overflow().await.is_ok(), fits);
        journey.end().await?;
    }
    Ok(())
}

#[tokio::test]
async fn field_without_a_label_breaks_a_rule() -> anyhow::Result<()> {
    let origin =
        serve(&[("/", "<h1>Form</h1><input name='name'>"), ("/good", &format!("<h1>Form</h1>{FORM}"))]).await?;
    let journey = Journey::start(&origin, Setting::default()).await?;
    let tab = journey.tab().await?;
    tab.open("/good").await?;
    tab.check().await?;
    if std::env::var_os("TAMUDA_TEST_AXE").is_some() {
        tab.open("/").await?;
        let broken = tab.check().await.unwrap_err().to_string();
        assert!(broken.contains("label"), "{broken}");
    }
    journey.end().await
}

#[tokio::test]
async fn scheme_and_language_reach_every_tab() -> anyhow::Result<()> {
    let origin = serve(&[("/", "<h1>Hello</h1>")]).await?;
    let setting = Setting { scheme: Scheme::Dark, locale: Some("ar"), ..Setting::default() };
    let journey = Journey::start(&origin, setting).await?;
    for _ in 0..2 {
        let tab = journey.tab().await?;
        tab.open("/").await?;
        let dark = tab.evaluate("matchMedia('(prefers-color-scheme: dark)').matches").await?;
        assert_eq!((dark, tab.evaluate("document.cookie").await?), (true.into(), "tamuda-locale=ar".into()));
    }
    journey.end().await
}
