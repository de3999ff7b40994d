// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/timetext.h"
#include "app/report/reportpictures.h"
#include "app/run/runwords.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

constexpr double TextSize = 12;
constexpr double RulerHeight = 20;
constexpr double RowHeight = 24;
constexpr double BlockHeight = 20;
constexpr double RowGap = (RowHeight - BlockHeight) / 2;
constexpr double BadgeSize = 14;
constexpr double MarkSize = 12;
constexpr double EdgeWidth = 3;
constexpr double RightMargin = 48;
constexpr double LongestLabel = 170;
constexpr double ShortestTitle = 72;
constexpr double LabelMargin = 8;
constexpr int MostTicks = 13;
/** From there on blocks are thin and without words, and may lie over each other. */
constexpr qsizetype Many = 150;
constexpr double ThinRow = 8;
constexpr int MostThinRows = 14;

struct PictureWords
{
    Q_DECLARE_TR_FUNCTIONS(RunPicture)
};

/** One incident of the picture; positions in pixels. */
struct Block
{
    const ReportIncident *incident = nullptr;
    double due = 0;
    double start = 0;
    double end = 0;
    double reach = 0; ///< where its words end
    QString title;
    bool isTitleInside = true;
    QString waited; ///< what is said of the way from due to start
    int row = 0;
};

struct Lane
{
    QString service;
    std::vector<Block> blocks;
    int rows = 1;
};

/** When it was sent, or would have been: real milliseconds, as everything on the way to pixels. */
double startMs(const ReportIncident &incident, const RunReport &report)
{
    const double planned = double(incident.run.delay.count()) / report.speed;
    return toMilliseconds(incident.start).value_or(planned);
}

/** The longest that anything in the picture reaches. */
double endMs(const RunReport &report)
{
    double end = 0;
    for (const ReportIncident &incident : report.incidents) {
        const double length = double(incident.run.duration.count()) / report.speed;
        end = std::max(end, startMs(incident, report) + length);
    }
    for (const Intervention &event : report.events) {
        end = std::max(end, toMilliseconds(event.to.value_or(event.from)));
    }
    return end;
}

/** The picture while it is made: how times become pixels, and the lanes with their blocks. */
class Picture
{
public:
    Picture(const RunReport &report, double width, const TextWidth &measure);

    ReportPicture draw();

private:
    double x(double realMs) const { return m_left + realMs * m_report.speed / m_lengthMs * m_span; }
    bool isThin() const { return m_report.incidents.size() > Many; }
    double rowHeight() const { return isThin() ? ThinRow : RowHeight; }
    Block blockOf(const ReportIncident &incident) const;
    void place(Lane &lane) const;
    void drawRuler(Markup &svg, double bottom) const;
    void drawEvents(Markup &svg, double bottom) const;
    void drawBlock(Markup &svg, const Block &block, double top) const;
    void drawThin(Markup &svg, const Block &block, double top) const;
    void drawWait(Markup &svg, const Block &block, double top) const;

    const RunReport &m_report;
    const TextWidth &m_measure;
    double m_width;
    double m_left = 0;
    double m_span = 1;
    double m_lengthMs = 1; ///< on the timeline's clock
    std::vector<Lane> m_lanes;
};

Picture::Picture(const RunReport &report, double width, const TextWidth &measure)
    : m_report(report)
    , m_measure(measure)
    , m_width(width)
{
    m_lengthMs = std::max(1000.0, endMs(report) * report.speed);
    double label = 60;
    for (const ReportIncident &incident : report.incidents) {
        label = std::max(label, measure(incident.run.service, TextSize, true));
    }
    m_left = std::ceil(std::min(label, LongestLabel) + 2 * LabelMargin + 4);
    m_span = m_width - m_left - RightMargin;
    for (const ReportIncident &incident : report.incidents) {
        const auto lane = std::find_if(m_lanes.begin(), m_lanes.end(), [&](const Lane &candidate) {
            return candidate.service == incident.run.service;
        });
        Lane &into = lane != m_lanes.end() ? *lane : m_lanes.emplace_back();
        into.service = incident.run.service;
        into.blocks.push_back(blockOf(incident));
    }
    for (Lane &lane : m_lanes) {
        place(lane);
    }
}

Block Picture::blockOf(const ReportIncident &incident) const
{
    const IncidentRun &run = incident.run;
    Block block;
    block.incident = &incident;
    const double start = startMs(incident, m_report);
    block.start = x(start);
    block.due = incident.attempts.size() > 1 ? x(toMilliseconds(incident.attempts.first().at))
                                             : block.start;
    block.end = std::max(block.start + EdgeWidth + 1,
                         x(start + double(run.duration.count()) / m_report.speed));
    const double around = EdgeWidth + BadgeSize + 8 + MarkSize + 10;
    const double inside = block.end - block.start - around;
    const double whole = m_measure(run.title.simplified(), TextSize, true);
    block.isTitleInside = inside >= std::min(whole, ShortestTitle);
    const double room = block.isTitleInside ? inside : m_width - block.end - BadgeSize - 24;
    block.title = elided(run.title, room, TextSize, true, m_measure);
    block.reach = block.isTitleInside
                      ? block.end
                      : block.end + BadgeSize + 16 + m_measure(block.title, TextSize, true);
    if (block.due < block.start) {
        const int status = incident.attempts.first().httpStatus;
        block.waited = status > 0 ? PictureWords::tr("%1, waited").arg(status)
                                  : PictureWords::tr("not reached");
    }
    return block;
}

void Picture::place(Lane &lane) const
{
    std::stable_sort(lane.blocks.begin(), lane.blocks.end(),
                     [](const Block &a, const Block &b) { return a.due < b.due; });
    std::vector<double> ends;
    for (Block &block : lane.blocks) {
        auto row = std::find_if(ends.begin(), ends.end(),
                                [&](double end) { return end <= block.due + 0.5; });
        if (row == ends.end() && isThin() && int(ends.size()) >= MostThinRows) {
            row = std::min_element(ends.begin(), ends.end());
        } else if (row == ends.end()) {
            row = ends.insert(ends.end(), 0);
        }
        block.row = int(row - ends.begin());
        *row = isThin() ? block.end : block.reach + 4;
    }
    lane.rows = std::max(1, int(ends.size()));
}

ReportPicture Picture::draw()
{
    double height = RulerHeight;
    for (const Lane &lane : m_lanes) {
        height += std::max(lane.rows * rowHeight() + RowGap, RowHeight + RowGap);
    }
    Markup svg;
    svg.open("svg", {{"xmlns", QStringLiteral("http://www.w3.org/2000/svg")},
                     {"class", QStringLiteral("run")},
                     {"width", svgNumber(m_width)},
                     {"height", svgNumber(height + 1)},
                     {"viewBox",
                      QStringLiteral("0 0 %1 %2").arg(svgNumber(m_width), svgNumber(height + 1))},
                     {"font-family", QStringLiteral("Noto Sans, DejaVu Sans, sans-serif")},
                     {"role", QStringLiteral("img")}});
    svg.element("title", {}, PictureWords::tr("The incidents of the run on its clock"));
    svg.leaf("rect", {{"x", QStringLiteral("0.5")},
                      {"y", QStringLiteral("0.5")},
                      {"width", svgNumber(m_width - 1)},
                      {"height", svgNumber(height)},
                      {"fill", ReportInk::Ground},
                      {"stroke", ReportInk::Separator}});
    drawRuler(svg, height);
    double top = RulerHeight;
    for (const Lane &lane : m_lanes) {
        const double laneHeight = std::max(lane.rows * rowHeight() + RowGap, RowHeight + RowGap);
        if (top > RulerHeight) {
            drawLine(svg, 0, top, m_width, top, ReportInk::Separator);
        }
        drawText(svg, LabelMargin, top + RowGap / 2 + 16,
                 elided(lane.service, m_left - 2 * LabelMargin, TextSize, true, m_measure),
                 {TextSize, ReportInk::Text, true});
        top += laneHeight;
    }
    drawEvents(svg, height);
    top = RulerHeight;
    for (const Lane &lane : m_lanes) {
        for (const Block &block : lane.blocks) {
            const double at = top + RowGap + block.row * rowHeight();
            if (isThin()) {
                drawThin(svg, block, at);
            } else {
                drawBlock(svg, block, at);
            }
        }
        top += std::max(lane.rows * rowHeight() + RowGap, RowHeight + RowGap);
    }
    svg.close();
    return {svg.toString(), m_width, height + 1};
}

void Picture::drawRuler(Markup &svg, double bottom) const
{
    constexpr std::array<double, 15> Steps{1,   2,   5,   10,   15,   30,   60,   120,
                                           300, 600, 900, 1800, 3600, 7200, 14400};
    const double seconds = m_lengthMs / 1000;
    double step = Steps.back();
    for (const double candidate : Steps) {
        if (seconds / candidate <= MostTicks) {
            step = candidate;
            break;
        }
    }
    while (seconds / step > MostTicks) {
        step *= 2;
    }
    svg.leaf("rect", {{"x", QStringLiteral("1")},
                      {"y", QStringLiteral("1")},
                      {"width", svgNumber(m_width - 2)},
                      {"height", svgNumber(RulerHeight)},
                      {"fill", ReportInk::Alternate}});
    drawLine(svg, m_left - LabelMargin, 0, m_left - LabelMargin, bottom, ReportInk::Separator);
    drawLine(svg, 0, RulerHeight, m_width, RulerHeight, ReportInk::Separator);
    for (double at = 0; at <= seconds + 0.001; at += step) {
        const double place = m_left + at * 1000 / m_lengthMs * m_span;
        drawLine(svg, place, RulerHeight, place, bottom, ReportInk::Grid);
        drawLine(svg, place, RulerHeight - 6, place, RulerHeight, ReportInk::Border);
        drawText(svg, place + 4, 14, timeText(std::chrono::milliseconds(std::llround(at * 1000))),
                 {11, ReportInk::Secondary});
    }
}

void Picture::drawEvents(Markup &svg, double bottom) const
{
    for (const Intervention &event : m_report.events) {
        const double from = x(toMilliseconds(event.from));
        const double to = x(toMilliseconds(event.to.value_or(event.from)));
        drawLine(svg, from, RulerHeight, from, bottom, ReportInk::Text, 1, "3 3");
        if (event.kind == Intervention::Kind::Hold || event.kind == Intervention::Kind::Pause) {
            if (to - from > 2) {
                drawLine(svg, to, RulerHeight, to, bottom, ReportInk::Text, 1, "3 3");
            }
            drawLine(svg, from, RulerHeight, std::max(to, from + 1), RulerHeight, ReportInk::Text,
                     3);
        }
        if (event.kind == Intervention::Kind::Hold) {
            // The diamond with two bars, as in the window.
            const double y = RulerHeight - 6;
            svg.leaf(
                "path",
                {{"d",
                  QStringLiteral("M%1 %2l6 6l-6 6l-6 -6z").arg(svgNumber(from), svgNumber(y - 6))},
                 {"fill", ReportInk::Text}});
            drawLine(svg, from - 1.3, y - 2, from - 1.3, y + 2, ReportInk::Ground, 1.1);
            drawLine(svg, from + 1.3, y - 2, from + 1.3, y + 2, ReportInk::Ground, 1.1);
        }
    }
}

void Picture::drawThin(Markup &svg, const Block &block, double top) const
{
    const IncidentRun &run = block.incident->run;
    const bool isThere = run.state == IncidentState::Created;
    svg.leaf("rect",
             {{"x", svgNumber(block.start)},
              {"y", svgNumber(top)},
              {"width", svgNumber(block.end - block.start)},
              {"height", svgNumber(ThinRow - 2)},
              {"fill", isThere ? ReportInk::of(run.severity).body : ReportInk::Ground},
              {"stroke", isThere ? ReportInk::of(run.severity).edge : ReportInk::of(run.state)},
              {"stroke-width", QStringLiteral("0.7")}});
    drawLine(svg, block.start, top, block.start, top + ThinRow - 2,
             ReportInk::of(run.severity).edge, 2);
}

void Picture::drawWait(Markup &svg, const Block &block, double top) const
{
    const QLatin1String ink = ReportInk::of(IncidentState::Waiting);
    const double middle = top + BlockHeight / 2;
    svg.leaf("circle", {{"cx", svgNumber(block.due)},
                        {"cy", svgNumber(middle)},
                        {"r", QStringLiteral("3.5")},
                        {"fill", ink}});
    drawLine(svg, block.due, middle, block.start - 3, middle, ink, 1.5, "4 2.5");
    svg.leaf(
        "path",
        {{"d",
          QStringLiteral("M%1 %2l4 4l-4 4").arg(svgNumber(block.start - 7), svgNumber(middle - 4))},
         {"fill", QStringLiteral("none")},
         {"stroke", ink},
         {"stroke-width", QStringLiteral("1.5")}});
    if (m_measure(block.waited, 11, true) <= block.start - block.due - 6) {
        drawText(svg, block.due + 2, middle - 4, block.waited, {11, ink, true});
    }
}

void Picture::drawBlock(Markup &svg, const Block &block, double top) const
{
    const IncidentRun &run = block.incident->run;
    const ReportInk::Severe ink = ReportInk::of(run.severity);
    const bool isThere = run.state == IncidentState::Created;
    const bool isOpen = !isThere && !isFinal(run.state);
    if (block.due < block.start) {
        drawWait(svg, block, top);
    }
    svg.open("g");
    svg.element("title", {},
                PictureWords::tr("#%1 %2: %3")
                    .arg(block.incident->number())
                    .arg(run.title, block.incident->outcome));
    svg.leaf("rect",
             {{"x", svgNumber(block.start + 0.5)},
              {"y", svgNumber(top + 0.5)},
              {"width", svgNumber(block.end - block.start - 1)},
              {"height", svgNumber(BlockHeight - 1)},
              {"fill", isThere ? ink.body : ReportInk::Ground},
              {"stroke", isThere  ? ink.fill
                         : isOpen ? ReportInk::Border
                                  : ReportInk::of(run.state)},
              {"stroke-opacity", isThere ? QStringLiteral("0.6") : QStringLiteral("1")},
              {"stroke-dasharray", isThere ? QStringLiteral("none") : QStringLiteral("4 2.5")}});
    svg.leaf("rect", {{"x", svgNumber(block.start)},
                      {"y", svgNumber(top)},
                      {"width", svgNumber(EdgeWidth)},
                      {"height", svgNumber(BlockHeight)},
                      {"fill", isThere ? ink.edge : ReportInk::of(run.state)}});
    const double badgeX = block.isTitleInside ? block.start + EdgeWidth + 4 : block.end + 5;
    drawSeverity(svg, badgeX, top + (BlockHeight - BadgeSize) / 2, BadgeSize, run.severity);
    drawText(svg, badgeX + BadgeSize + 4, top + BlockHeight / 2 + 4.3, block.title,
             {TextSize, ReportInk::Text, true});
    const double markX = block.isTitleInside
                             ? block.end - MarkSize - 5
                             : block.start + (block.end - block.start - MarkSize + EdgeWidth) / 2;
    if (block.isTitleInside || block.end - block.start > MarkSize + EdgeWidth + 3) {
        drawState(svg, markX, top + (BlockHeight - MarkSize) / 2, MarkSize, run.state);
    }
    svg.close();
}

} // namespace

ReportPicture runPicture(const RunReport &report, double width, const TextWidth &measure)
{
    return Picture(report, width, measure).draw();
}
