// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/reportmarks.h"

#include "app/run/runwords.h"

#include <array>
#include <cmath>

namespace {

using ReportInk::Severe;

constexpr std::array<Severe, 4> Severities{{
    {QLatin1String("#5aa3c9"), QLatin1String("#0d1e28"), QLatin1String("#2a6f93"),
     QLatin1String("#e5f0f6")},
    {QLatin1String("#f0c419"), QLatin1String("#2a2200"), QLatin1String("#856a00"),
     QLatin1String("#fdf6da")},
    {QLatin1String("#c94f00"), QLatin1String("#ffffff"), QLatin1String("#9a3c00"),
     QLatin1String("#f6e3d6")},
    {QLatin1String("#8c0f4b"), QLatin1String("#ffffff"), QLatin1String("#6a0838"),
     QLatin1String("#edd9e2")},
}};

constexpr std::array<QLatin1String, 9> States{
    {QLatin1String("#62686e"), QLatin1String("#4656c2"), QLatin1String("#0b736a"),
     QLatin1String("#875100"), QLatin1String("#1a6bb0"), QLatin1String("#1b7a33"),
     QLatin1String("#bf1722"), QLatin1String("#62686e"), QLatin1String("#93379a")}};

/** "x,y x,y" of points in parts of a square. */
QString polygon(double x, double y, double size,
                std::initializer_list<std::pair<double, double>> at)
{
    QString points;
    for (const auto &[px, py] : at) {
        points += svgNumber(x + px * size) + u',' + svgNumber(y + py * size) + u' ';
    }
    return points.trimmed();
}

QString picture(double size, const std::function<void(Markup &)> &draw, const QString &words)
{
    Markup svg;
    svg.open("svg", {{"class", QStringLiteral("mark")},
                     {"width", svgNumber(size)},
                     {"height", svgNumber(size)},
                     {"viewBox", QStringLiteral("0 0 %1 %1").arg(svgNumber(size))},
                     {"role", QStringLiteral("img")}});
    svg.element("title", {}, words);
    draw(svg);
    svg.close();
    return svg.toString();
}

} // namespace

ReportInk::Severe ReportInk::of(Severity severity)
{
    return Severities[size_t(severity)];
}

QLatin1String ReportInk::of(IncidentState state)
{
    return States[size_t(state)];
}

double guessedTextWidth(const QString &text, double pixelSize, bool isBold)
{
    double ems = 0;
    for (const QChar c : text) {
        const char16_t code = c.unicode();
        ems += QStringView(u"iljtfIr.,:;'|!()[] ").contains(c) ? 0.36
               : QStringView(u"mwMW%@").contains(c)            ? 0.92
               : c.isUpper()                                   ? 0.7
               : code >= 0x1100                                ? 1.0 // as wide as high
                                                               : 0.6;
    }
    return ems * pixelSize * (isBold ? 1.06 : 1);
}

QString elided(const QString &text, double width, double pixelSize, bool isBold,
               const TextWidth &measure)
{
    const QString line = text.simplified();
    if (measure(line, pixelSize, isBold) <= width) {
        return line;
    }
    for (qsizetype length = line.size() - 1; length > 0; --length) {
        if (line[length].isLowSurrogate()) {
            continue;
        }
        const QString cut = line.left(length).trimmed() + QChar(0x2026);
        if (measure(cut, pixelSize, isBold) <= width) {
            return cut;
        }
    }
    return {};
}

void drawText(Markup &svg, double x, double baseline, const QString &text, const SvgText &how)
{
    svg.element("text",
                {{"x", svgNumber(x)},
                 {"y", svgNumber(baseline)},
                 {"font-size", svgNumber(how.size)},
                 {"font-weight", how.isBold ? QStringLiteral("bold") : QStringLiteral("normal")},
                 {"text-anchor", QLatin1String(how.anchor)},
                 {"fill", how.ink}},
                text);
}

void drawLine(Markup &svg, double x1, double y1, double x2, double y2, QLatin1String ink,
              double width, const char *dashes)
{
    svg.leaf("line", {{"x1", svgNumber(x1)},
                      {"y1", svgNumber(y1)},
                      {"x2", svgNumber(x2)},
                      {"y2", svgNumber(y2)},
                      {"stroke", ink},
                      {"stroke-width", svgNumber(width)},
                      {"stroke-dasharray", QLatin1String(dashes)}});
}

void drawSeverity(Markup &svg, double x, double y, double size, Severity severity)
{
    const Severe ink = ReportInk::of(severity);
    const double c = size / 2;
    double letterDrop = 0;
    switch (severity) {
    case Severity::Low:
        svg.leaf("circle", {{"cx", svgNumber(x + c)},
                            {"cy", svgNumber(y + c)},
                            {"r", svgNumber(size * 0.46)},
                            {"fill", ink.fill}});
        break;
    case Severity::Medium:
        svg.leaf("rect", {{"x", svgNumber(x + size * 0.06)},
                          {"y", svgNumber(y + size * 0.06)},
                          {"width", svgNumber(size * 0.88)},
                          {"height", svgNumber(size * 0.88)},
                          {"rx", svgNumber(size * 0.18)},
                          {"fill", ink.fill}});
        break;
    case Severity::High:
        letterDrop = size * 0.13;
        svg.leaf("polygon",
                 {{"points", polygon(x, y, size, {{0.5, 0.07}, {0.96, 0.9}, {0.04, 0.9}})},
                  {"fill", ink.fill},
                  {"stroke", ink.fill},
                  {"stroke-width", svgNumber(size * 0.08)},
                  {"stroke-linejoin", QStringLiteral("round")}});
        break;
    case Severity::Critical:
        svg.leaf(
            "polygon",
            {{"points",
              polygon(
                  x, y, size,
                  {{0.04, 0.5}, {0.27, 0.1}, {0.73, 0.1}, {0.96, 0.5}, {0.73, 0.9}, {0.27, 0.9}})},
             {"fill", ink.fill},
             {"stroke", ink.fill},
             {"stroke-width", svgNumber(size * 0.08)},
             {"stroke-linejoin", QStringLiteral("round")}});
        break;
    }
    drawText(svg, x + c, y + c + letterDrop + size * 0.17, severityLetter(severity),
             {size * 0.48, ink.letter, true, "middle"});
}

void drawState(Markup &svg, double x, double y, double size, IncidentState state)
{
    const QString ink = ReportInk::of(state);
    const QString ground = ReportInk::Ground;
    const QString centreX = svgNumber(x + size / 2);
    const QString centreY = svgNumber(y + size / 2);
    const QString line = svgNumber(size * 0.12);
    const QString none = QStringLiteral("none");
    const auto disc = [&](double radius, const QString &fill) {
        svg.leaf(
            "circle",
            {{"cx", centreX}, {"cy", centreY}, {"r", svgNumber(size * radius)}, {"fill", fill}});
    };
    const auto ring = [&](const char *dashes) {
        svg.leaf("circle", {{"cx", centreX},
                            {"cy", centreY},
                            {"r", svgNumber(size * 0.38)},
                            {"fill", none},
                            {"stroke", ink},
                            {"stroke-width", line},
                            {"stroke-dasharray", QLatin1String(dashes)}});
    };
    const auto sign = [&](std::initializer_list<std::pair<double, double>> points,
                          const QString &stroke) {
        svg.leaf("polyline", {{"points", polygon(x, y, size, points)},
                              {"fill", none},
                              {"stroke", stroke},
                              {"stroke-width", line},
                              {"stroke-linecap", QStringLiteral("round")},
                              {"stroke-linejoin", QStringLiteral("round")}});
    };
    switch (state) {
    case IncidentState::Scheduled:
        ring("none");
        break;
    case IncidentState::Preparing:
        ring("3 2");
        disc(0.13, ink);
        break;
    case IncidentState::Ready:
        ring("none");
        disc(0.2, ink);
        break;
    case IncidentState::Waiting:
        disc(0.46, ink);
        sign({{0.5, 0.26}, {0.5, 0.52}, {0.67, 0.63}}, ground);
        break;
    case IncidentState::Sending:
        disc(0.46, ink);
        sign({{0.5, 0.72}, {0.5, 0.28}}, ground);
        sign({{0.33, 0.45}, {0.5, 0.28}, {0.67, 0.45}}, ground);
        break;
    case IncidentState::Created:
        disc(0.46, ink);
        sign({{0.3, 0.51}, {0.45, 0.66}, {0.71, 0.35}}, ground);
        break;
    case IncidentState::Failed:
        svg.leaf("rect", {{"x", svgNumber(x + size * 0.06)},
                          {"y", svgNumber(y + size * 0.06)},
                          {"width", svgNumber(size * 0.88)},
                          {"height", svgNumber(size * 0.88)},
                          {"rx", svgNumber(size * 0.12)},
                          {"fill", ink}});
        sign({{0.33, 0.33}, {0.67, 0.67}}, ground);
        sign({{0.33, 0.67}, {0.67, 0.33}}, ground);
        break;
    case IncidentState::Skipped:
        ring("none");
        sign({{0.3, 0.7}, {0.7, 0.3}}, ink);
        break;
    case IncidentState::Uncertain:
        svg.leaf("polygon",
                 {{"points", polygon(x, y, size, {{0.5, 0}, {1, 0.5}, {0.5, 1}, {0, 0.5}})},
                  {"fill", ink}});
        drawText(svg, x + size / 2, y + size * 0.72, QStringLiteral("?"),
                 {size * 0.62, ReportInk::Ground, true, "middle"});
        break;
    }
}

QString severityPicture(Severity severity, double size)
{
    return picture(
        size, [&](Markup &svg) { drawSeverity(svg, 0, 0, size, severity); },
        severityName(severity));
}

QString statePicture(IncidentState state, double size)
{
    return picture(
        size, [&](Markup &svg) { drawState(svg, 0, 0, size, state); }, stateName(state));
}
