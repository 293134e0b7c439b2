//! XML as a tree of elements: only what it says, no more deeply nested and no larger than a statement is. What defines
//! or refers to entities is refused, so that nothing is fetched and nothing grows.

use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};

use super::super::{Error, Fault};

const DEEPEST: usize = 64;
const MOST: usize = 400_000;

/// An element without its namespace.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    /// The line on which it begins, from 1.
    pub(super) line: usize,
    /// The currency that it names as an attribute.
    pub(super) currency: Option<String>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element at the end of a path of names, whichever branch of it leads there.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Self> {
        let Some((name, rest)) = path.split_first() else { return Some(self) };
        self.children.iter().filter(|child| child.name == *name).find_map(|child| child.at(rest))
    }

    /// What it says.
    pub(super) fn text(&self) -> &str {
        self.text.trim()
    }

    /// What the element at the end of a path says, if anything.
    pub(super) fn said(&self, path: &[&str]) -> Option<&str> {
        self.at(path).map(Self::text).filter(|text| !text.is_empty())
    }
}

/// The element that holds all others.
pub(super) fn read(text: &str) -> Result<Element, Error> {
    let mut reader = Reader::from_str(text);
    let (mut tree, mut lines) = (Tree::default(), Lines { text, at: 0, line: 1 });
    loop {
        let event = reader.read_event();
        let line = lines.at(reader.buffer_position());
        let xml = |cause: String| Error::line(line, Fault::Xml(cause));
        match event.map_err(|cause| xml(cause.to_string()))? {
            Event::Start(start) => tree.open(element(&start, line))?,
            Event::Empty(start) => {
                tree.open(element(&start, line))?;
                tree.close(line)?;
            }
            Event::End(_) => tree.close(line)?,
            Event::Text(text) => tree.write(&text.decode().map_err(|cause| xml(cause.to_string()))?),
            Event::CData(text) => tree.write(&text.decode().map_err(|cause| xml(cause.to_string()))?),
            Event::GeneralRef(reference) => tree.write(character(&reference, line)?.encode_utf8(&mut [0; 4])),
            Event::DocType(_) => return Err(Error::line(line, Fault::Entities)),
            Event::Eof => return tree.finish(line),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

/// What has been read.
#[derive(Default)]
struct Tree {
    root: Option<Element>,
    open: Vec<Element>,
    n_elements: usize,
}

impl Tree {
    fn open(&mut self, element: Element) -> Result<(), Error> {
        self.n_elements += 1;
        if self.n_elements > MOST || self.open.len() >= DEEPEST {
            return Err(Error::line(element.line, Fault::TooLarge));
        }
        self.open.push(element);
        Ok(())
    }

    fn close(&mut self, line: usize) -> Result<(), Error> {
        let refused = |what: &str| Err(Error::line(line, Fault::Xml(what.to_owned())));
        let Some(element) = self.open.pop() else { return refused("it ends what did not begin") };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None if self.root.is_some() => return refused("it has two roots"),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn write(&mut self, text: &str) {
        if let Some(element) = self.open.last_mut() {
            // What stands between elements only puts them on lines.
            if !element.text.is_empty() || !text.trim_start().is_empty() {
                element.text.push_str(text);
            }
        }
    }

    fn finish(self, line: usize) -> Result<Element, Error> {
        if let Some(open) = self.open.last() {
            return Err(Error::line(line, Fault::Xml(format!("{} does not end", open.name))));
        }
        self.root.ok_or_else(|| Error::file(Fault::OtherFormat("CAMT.053")))
    }
}

/// Counts lines on the way through a text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn at(&mut self, position: u64) -> usize {
        let position = usize::try_from(position).unwrap_or(usize::MAX).min(self.text.len());
        let passed = self.text.as_bytes().get(self.at..position).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.at = self.at.max(position);
        self.line
    }
}

fn element(start: &BytesStart<'_>, line: usize) -> Element {
    // Whether one stands there twice is not asked: that takes time with the square of their number.
    let mut attributes = start.attributes();
    attributes.with_checks(false);
    let currency = attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == b"Ccy");
    let currency = currency.map(|attribute| String::from_utf8_lossy(&attribute.value).trim().to_owned());
    let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
    Element { name, line, currency, ..Element::default() }
}

/// The character that a reference stands for: one by number, or one of the five that XML has itself.
fn character(reference: &BytesRef<'_>, line: usize) -> Result<char, Error> {
    let refused = || Error::line(line, Fault::Entities);
    if let Some(character) = reference.resolve_char_ref().map_err(|_| refused())? {
        return Ok(character);
    }
    let name = reference.decode().map_err(|_| refused())?;
    match &*name {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(refused()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tree_says_what_the_text_says() {
        let text = "<?xml version='1.0'?>\n<a:R xmlns:a='u'>\n <A Ccy='EUR'>1<!-- x -->2</A>\n <B/><B><C>&lt;<![CDATA[&]]>&#233;</C></B>\n</a:R>";
        let root = read(text).unwrap();
        assert_eq!((root.name.as_str(), root.line), ("R", 2));
        let first = root.child("A").unwrap();
        assert_eq!((first.text(), first.currency.as_deref(), first.line), ("12", Some("EUR"), 3));
        assert_eq!(root.said(&["B", "C"]), Some("<&é"), "the second B has what the first has not");
        assert_eq!(root.all("B").count(), 2);
    }

    #[test]
    fn what_defines_or_asks_for_entities_is_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>";
        assert_eq!(read(bomb).unwrap_err().fault, Fault::Entities);
        assert_eq!(read("<a>\n&b;</a>").unwrap_err(), Error::line(2, Fault::Entities));
        assert_eq!(read("<a>&#0;</a>").unwrap_err().fault, Fault::Entities);
    }

    #[test]
    fn what_is_not_well_formed_or_too_deep_is_refused_with_its_line() {
        for text in ["<a>\n<b></a>", "<a>\n<b>", "<a/>\n<b/>", "</a>", "<a>\n<b"] {
            assert!(matches!(read(text).unwrap_err().fault, Fault::Xml(_)), "{text}");
        }
        let deep = "<a>".repeat(100_000);
        assert_eq!(read(&deep).unwrap_err(), Error::line(1, Fault::TooLarge));
        let wide = format!("<a>{}</a>", "<b/>".repeat(MOST));
        assert_eq!(read(&wide).unwrap_err(), Error::line(1, Fault::TooLarge));
    }
}
