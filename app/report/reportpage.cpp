// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/reportpage.h"

namespace {

/**
 * Edges, marks and words carry the meaning, since a printer leaves backgrounds out. No selector has
 * a character that XML reserves.
 */
constexpr auto Style = R"css(
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { background: #fff; }
body { max-width: 1200px; margin: 0 auto; padding: 26px 40px 40px; color: #232629;
  font: 13px/1.4 "Noto Sans", "Segoe UI", "DejaVu Sans", system-ui, sans-serif;
  font-variant-numeric: tabular-nums; }
h1 { font-size: 27px; line-height: 1.2; margin: 0; display: inline; }
h2 { font-size: 15px; margin: 20px 0 8px; break-after: avoid; }
h3 { font-size: 13px; margin: 0; display: inline; }
h4 { font-size: 12px; margin: 0 0 4px; color: #555b61; }
p { margin: 4px 0; }
a { color: #1a6bb0; }
.soft { color: #555b61; }
.id { font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace; font-size: 12px; }
.kind { font-size: 17px; color: #555b61; margin-left: 12px; }
.top { display: flex; justify-content: space-between; align-items: baseline; gap: 24px; }
.facts { display: flex; flex-wrap: wrap; gap: 2px 22px; margin: 6px 0 20px; color: #555b61; }
.facts b { color: #232629; }
.lead { font-size: 16px; border-left: 5px solid #83898f; padding: 2px 0 2px 14px;
  margin: 0 0 20px; overflow-wrap: anywhere; }
.lead.created { border-left-color: #1b7a33; } .lead.waiting { border-left-color: #875100; }
.lead.failed { border-left-color: #bf1722; } .lead.uncertain { border-left-color: #93379a; }
.totals { display: grid; grid-template-columns: repeat(8, minmax(0, 1fr)); margin-bottom: 20px; }
.total { border-left: 3px solid #c9cdd1; padding: 0 8px 2px 16px; }
.total b { display: block; white-space: nowrap; font-size: 26px; line-height: 1.25; }
.total span { font-size: 12px; color: #555b61; }
.total.created { border-color: #1b7a33; } .total.created b { color: #1b7a33; }
.total.failed { border-color: #bf1722; } .total.failed b { color: #bf1722; }
.total.uncertain { border-color: #93379a; } .total.uncertain b { color: #93379a; }
.total svg { width: 16px; height: 16px; margin-left: 8px; }
svg.mark { vertical-align: -3px; }
svg.run { width: 100%; height: auto; display: block; margin-bottom: 14px; }
svg.chart { width: 100%; height: auto; display: block; }
table { width: 100%; border-collapse: collapse; border: 1px solid #c9cdd1; }
th { text-align: left; background: #f6f7f8; border-bottom: 1px solid #c9cdd1; font-size: 12px;
  white-space: nowrap; }
th, td { padding: 6px 7px; }
td { border-bottom: 1px solid #e4e7ea; vertical-align: top; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
tbody tr:nth-child(even) td { background: #f6f7f8; }
.number { text-align: right; white-space: nowrap; }
.state { font-weight: 600; white-space: nowrap; }
.state svg { margin-right: 7px; }
.created .state, .good { color: #1b7a33; }
.failed .state { color: #bf1722; }
.uncertain .state { color: #93379a; }
.waiting .state { color: #875100; }
.scheduled .state, .skipped .state { color: #62686e; }
.columns { display: grid; grid-template-columns: minmax(0, 1.9fr) minmax(0, 1fr); gap: 0 24px; }
.box { border: 1px solid #c9cdd1; border-left: 5px solid #83898f; padding: 10px 14px;
  margin-bottom: 12px; break-inside: avoid; }
.box.failed { border-left-color: #bf1722; }
.box.uncertain { border-left-color: #93379a; }
.box.waiting { border-left-color: #875100; }
.box h3 { margin-left: 8px; }
.box.low { border-left-color: #2a6f93; } .box.medium { border-left-color: #856a00; }
.box.high { border-left-color: #c94f00; } .box.critical { border-left-color: #8c0f4b; }
.card { padding: 12px 16px 14px; }
.card h3 { font-size: 15px; margin-left: 8px; }
.charts { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 14px 20px;
  margin: 10px 0; }
.charts.five { grid-template-columns: repeat(5, minmax(0, 1fr)); }
.line, .match { white-space: nowrap; }
.answers { display: grid; grid-template-columns: minmax(0, 1.6fr) minmax(0, 1fr); gap: 0 40px; }
.answer { display: flex; align-items: baseline; gap: 10px; padding: 2px 0; break-inside: avoid; }
.answer .what { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.answer .rank { width: 14px; text-align: right; color: #555b61; }
.bar { width: 60px; height: 8px; }
.notes { list-style: none; padding: 0; margin: 4px 0; }
.notes li { padding: 2px 0 2px 22px; position: relative; color: #555b61; break-inside: avoid; }
.notes svg { position: absolute; left: 0; top: 5px; }
.wrap { overflow-wrap: anywhere; }
.path { overflow-wrap: break-word; }
h1, h2, h3, .facts, .box p, .kind { overflow-wrap: anywhere; }
footer { margin-top: 22px; color: #555b61; font-size: 11px; overflow-wrap: anywhere; }
@media screen {
  .wide { overflow-x: auto; }
}
@media screen and (max-width: 900px) {
  body { padding: 16px; }
  .columns, .answers { grid-template-columns: minmax(0, 1fr); }
  .totals { grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 12px 0; }
  .charts, .charts.five { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .wide td.wrap { min-width: 150px; }
}
@media screen and (max-width: 700px) {
  .top { flex-direction: column; gap: 4px; }
  .kind { display: block; margin-left: 0; }
  .totals { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .charts, .charts.five { grid-template-columns: minmax(0, 1fr); }
  svg.run { min-width: 680px; }
}
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 12px; }
  th, td { padding: 4px 7px; }
}
)css";

} // namespace

ReportPage::ReportPage(const QString &title)
    : m_title(title)
{}

void ReportPage::heading(const QString &text)
{
    m_body.element("h2", {}, text);
}

QByteArray ReportPage::toBytes() const
{
    Markup page;
    page.open("html", {{"xmlns", QStringLiteral("http://www.w3.org/1999/xhtml")},
                       {"lang", QStringLiteral("en")}});
    page.open("head");
    page.leaf("meta", {{"charset", QStringLiteral("utf-8")}});
    page.leaf("meta", {{"name", QStringLiteral("viewport")},
                       {"content", QStringLiteral("width=device-width, initial-scale=1")}});
    // Says it to the browser, too: nothing is fetched, nothing is run.
    page.leaf("meta",
              {{"http-equiv", QStringLiteral("Content-Security-Policy")},
               {"content", QStringLiteral("default-src 'none'; style-src 'unsafe-inline'")}});
    page.element("title", {}, m_title);
    page.open("style").add(QLatin1String(Style)).close();
    page.close();
    page.open("body").add(m_body.toString()).close();
    page.close();
    return "<!DOCTYPE html>\n" + page.toString().toUtf8() + '\n';
}
