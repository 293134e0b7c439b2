//! `style/main.css` with its imports in one minified sheet, and the files that its `url()`s name.

use std::{fs, path::Path};

use anyhow::{Context, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    dependencies::{Dependency, DependencyOptions, UrlDependency},
    stylesheet::{ParserOptions, PrinterOptions},
};

use super::files::Files;

const MAIN: &str = "style/main.css";

/// Adds the sheet, the fonts and pictures that it uses, and the folder's drawings (`style/*.svg`) for the pages to use.
pub(super) fn add(files: &mut Files) -> anyhow::Result<()> {
    let provider = FileProvider::new();
    let sheet = Bundler::new(&provider, None, ParserOptions::default())
        .bundle(Path::new(MAIN))
        .map_err(|error| anyhow!("{MAIN}: {error}"))?;
    let options = PrinterOptions {
        minify: true,
        analyze_dependencies: Some(DependencyOptions { remove_imports: false }),
        ..PrinterOptions::default()
    };
    let printed = sheet.to_css(options).map_err(|error| anyhow!("{MAIN}: {error}"))?;
    let mut code = printed.code;
    for dependency in printed.dependencies.unwrap_or_default() {
        if let Dependency::Url(url) = dependency {
            code = code.replace(&url.placeholder, &address(files, &url)?);
        }
    }
    files.add("style.css", code.as_bytes())?;
    add_drawings(files)
}

/// What stands in place of a `url()`: the hashed name of the file, beside which the sheet lies.
fn address(files: &mut Files, url: &UrlDependency) -> anyhow::Result<String> {
    if url.url.starts_with("data:") || url.url.starts_with('#') {
        return Ok(url.url.clone());
    }
    let sheet = Path::new(&url.loc.file_path);
    let file = sheet.parent().unwrap_or(Path::new("style")).join(&url.url);
    add_file(files, &file).with_context(|| format!("{}:{}: url({})", sheet.display(), url.loc.start.line, url.url))
}

fn add_drawings(files: &mut Files) -> anyhow::Result<()> {
    for entry in fs::read_dir("style")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "svg") {
            add_file(files, &path)?;
        }
    }
    Ok(())
}

fn add_file(files: &mut Files, path: &Path) -> anyhow::Result<String> {
    let name = path.file_name().and_then(|name| name.to_str()).context("it names no file")?;
    files.add(name, &fs::read(path)?)
}
