// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/reportpdf.h"

#include "app/base/console.h"
#include "app/base/numbers.h"
#include "app/base/timetext.h"
#include "app/report/reportwriters.h"
#include "app/run/runwords.h"
#include "ui/look/theme.h"
#include "ui/report/pdfpages.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace {

constexpr double BoxPadding = 12;
constexpr double BodySize = 13;
constexpr double SmallSize = 12;
constexpr double LineHeight = 19;
constexpr double ChartHeight = 156;
constexpr double ChartGap = 20;
constexpr int ChartsInRow = 4;

struct PdfWords
{
    Q_DECLARE_TR_FUNCTIONS(ReportPdf)
};

const Theme &theme()
{
    return Theme::light();
}

/** Draws one report, part after part, each where the one before has ended. */
class ReportPainter
{
public:
    ReportPainter(const RunReport &report, PdfPages &pages)
        : m_report(report)
        , m_pages(pages)
    {}

    void draw()
    {
        drawHead();
        drawHeadline();
        drawTotals();
        const ReportPicture picture = runPicture(m_report, PdfPages::Width, m_pages.measure());
        drawPicture(picture);
        drawIncidents();
        drawFindings();
        drawLog();
        drawScore();
        if (!m_report.incidents.isEmpty()) {
            m_pages.heading(PdfWords::tr("Incident by incident"));
        }
        for (const ReportIncident &incident : m_report.incidents) {
            drawCard(incident);
        }
    }

private:
    void drawHead();
    void drawHeadline();
    void drawTotals();
    void drawLog();
    void drawPicture(const ReportPicture &picture);
    void drawIncidents();
    void drawFindings();
    void drawFinding(const ReportFinding &finding);
    void drawScore();
    void drawCard(const ReportIncident &incident);
    double answersHeight(const ReportIncident &incident) const;
    void drawAnswers(const ReportIncident &incident, double x, double width);

    static PdfCell soft(const QString &text) { return {text, theme().secondary, false, {}, {}}; }
    static PdfCell plain(const QString &text) { return {text, {}, false, {}, {}}; }

    const RunReport &m_report;
    PdfPages &m_pages;
};

void ReportPainter::drawHead()
{
    const QString title =
        m_report.timeline.isEmpty() ? PdfWords::tr("Untitled timeline") : m_report.timeline;
    const QString kind = m_report.runName.isEmpty()
                             ? PdfWords::tr("Run report")
                             : PdfWords::tr("Run report: %1").arg(m_report.runName);
    const double titleWidth = std::min(600.0, m_pages.measure()(title, 27, true));
    m_pages.line(0, titleWidth, title, 27, true, theme().text);
    m_pages.advance(11);
    constexpr double Gap = 14;
    const QString run = PdfWords::tr("run %1, %2").arg(m_report.runId, m_report.completeness);
    // What says which run this is must not be cut; the run's name may.
    const double runWidth =
        std::min(m_pages.measure()(run, SmallSize, false) + 2, PdfPages::Width - titleWidth - Gap);
    m_pages.line(PdfPages::Width - runWidth, runWidth, run, SmallSize, false, theme().secondary,
                 Qt::AlignRight);
    const double room = PdfPages::Width - titleWidth - runWidth - 2 * Gap;
    if (room > 4 * Gap) {
        m_pages.line(titleWidth + Gap, room, kind, 16, false, theme().secondary);
    }
    m_pages.advance(29);
    const QString begun = reportClock(m_report.startedAt, m_report.startedAt);
    QStringList facts{
        QLocale().toString(m_report.startedAt.date(), QStringLiteral("d MMMM yyyy, ")) +
            (m_report.finishedAt.isValid()
                 ? PdfWords::tr("%1 to %2")
                       .arg(begun, reportClock(m_report.finishedAt, m_report.startedAt))
                 : PdfWords::tr("from %1").arg(begun)) +
            u' ' + m_report.startedAt.timeZoneAbbreviation(),
        PdfWords::tr("Target %1").arg(m_report.target),
        PdfWords::tr("Speed %1").arg(speedText(m_report.speed))};
    if (!m_report.timelinePath.isEmpty()) {
        facts.append(PdfWords::tr("File %1").arg(QFileInfo(m_report.timelinePath).fileName()));
    }
    m_pages.line(0, PdfPages::Width, facts.join(QStringLiteral("  ·  ")), BodySize, false,
                 theme().secondary);
    m_pages.advance(32);
}

void ReportPainter::drawHeadline()
{
    constexpr double Size = 15;
    constexpr double Inset = 14;
    const PdfCell words = plain(m_report.headline());
    const double height = m_pages.words(Inset, m_pages.y(), PdfPages::Width - Inset, words, Size);
    m_pages.rule(2, m_pages.y(), 2, m_pages.y() + height, theme().ink(m_report.headlineMark()), 4);
    m_pages.advance(height + 16);
}

void ReportPainter::drawLog()
{
    if (m_report.log.isEmpty()) {
        return;
    }
    m_pages.heading(PdfWords::tr("Presenter's log"));
    const QList<PdfColumn> columns{{PdfWords::tr("T+"), 80, true},
                                   {PdfWords::tr("Clock"), 130, true},
                                   {PdfWords::tr("Event"), 910, false}};
    QList<QList<PdfCell>> rows;
    for (const PresenterLine &line : m_report.log) {
        rows.append({plain(positionText(line.position)),
                     plain(reportClock(line.at, m_report.startedAt)), plain(line.text)});
    }
    m_pages.table(columns, rows);
}

void ReportPainter::drawTotals()
{
    const QList<ReportTotal> totals = m_report.topTotals();
    const double width = PdfPages::Width / double(std::max<qsizetype>(1, totals.size()));
    const double top = m_pages.y();
    for (qsizetype i = 0; i < totals.size(); ++i) {
        const ReportTotal &total = totals[i];
        const double x = width * double(i);
        const QColor ink = total.mark ? theme().ink(*total.mark) : theme().text;
        m_pages.rule(x + 1.5, top, x + 1.5, top + 52, total.mark ? ink : theme().separator, 3);
        m_pages.line(x + 18, width - 20, total.value, 26, true, ink);
        if (total.mark) {
            const double after = x + 26 + m_pages.measure()(total.value, 26, true);
            m_pages.svg(statePicture(*total.mark, 16), QRectF(after, top + 9, 16, 16));
        }
        m_pages.advance(33);
        m_pages.line(x + 18, width - 20, total.label, SmallSize, false, theme().secondary);
        m_pages.advance(-33);
    }
    m_pages.advance(70);
}

void ReportPainter::drawPicture(const ReportPicture &picture)
{
    // One that is higher than a page becomes smaller as a whole.
    const double room = m_pages.pageHeight();
    const double scale = std::min(1.0, room / picture.height);
    m_pages.need(picture.height * scale);
    m_pages.svg(picture.svg, QRectF(0, m_pages.y(), picture.width * scale, picture.height * scale));
    m_pages.advance(picture.height * scale + 14);
}

void ReportPainter::drawIncidents()
{
    const QList<PdfColumn> columns{
        {PdfWords::tr("#"), 36, true},          {PdfWords::tr("Outcome"), 150, false},
        {PdfWords::tr("Planned"), 76, true},    {PdfWords::tr("Sent"), 76, true},
        {PdfWords::tr("Incident"), 266, false}, {PdfWords::tr("Service"), 122, false},
        {PdfWords::tr("Id"), 84, false},        {PdfWords::tr("Hyp."), 50, true},
        {PdfWords::tr("Actions"), 62, true},    {PdfWords::tr("Latency"), 70, true},
        {PdfWords::tr("Late"), 62, true},       {PdfWords::tr("Waited"), 66, true}};
    QList<QList<PdfCell>> rows;
    for (const ReportIncident &incident : m_report.incidents) {
        const IncidentRun &run = incident.run;
        rows.append(
            {plain(QString::number(incident.number())),
             {incident.outcome, theme().ink(run.state), true, {}, statePicture(run.state, 14)},
             plain(momentText(TimelinePosition(run.delay), incident.plannedAt, m_report.startedAt)),
             plain(momentText(incident.sentPosition, incident.sentAt, m_report.startedAt)),
             {run.title, {}, false, {}, severityPicture(run.severity, 14)},
             soft(run.service),
             {run.incidentId.isEmpty() ? QStringLiteral("–") : shortIncidentId(run.incidentId),
              {},
              false,
              incident.link,
              {}},
             plain(orDash(run.hypotheses)),
             plain(orDash(run.actions)),
             plain(orDash(incident.latency)),
             plain(orDash(run.late())),
             plain(orDash(incident.waited))});
    }
    m_pages.table(columns, rows);
}

void ReportPainter::drawFinding(const ReportFinding &finding)
{
    const double inside = PdfPages::Width - 2 * BoxPadding - 5;
    const double x = BoxPadding + 5;
    const PdfCell head{finding.heading, {}, true, {}, statePicture(finding.mark, 14)};
    const PdfCell what = plain(finding.what + u' ' + finding.existence);
    PdfCell advice = soft(finding.advice);
    advice.link = finding.link;
    const double headHeight = m_pages.words(0, 0, inside, head, BodySize, false);
    const double whatHeight = m_pages.words(0, 0, inside, what, BodySize, false);
    const double adviceHeight =
        finding.advice.isEmpty() ? 0 : m_pages.words(0, 0, inside, advice, BodySize, false);
    const double height = headHeight + whatHeight + adviceHeight + 2 * BoxPadding - 4;
    m_pages.need(height);
    double y = m_pages.y();
    m_pages.box(QRectF(0, y, PdfPages::Width, height), theme().ink(finding.mark), 5);
    y += BoxPadding - 4;
    y += m_pages.words(x, y, inside, head, BodySize) + 2;
    y += m_pages.words(x, y, inside, what, BodySize);
    if (!finding.advice.isEmpty()) {
        m_pages.words(x, y, inside, advice, BodySize);
    }
    m_pages.advance(height + 10);
}

void ReportPainter::drawFindings()
{
    m_pages.heading(PdfWords::tr("What went wrong, and why"));
    for (const ReportFinding &finding : m_report.findings) {
        drawFinding(finding);
    }
    QStringList lines = m_report.notes;
    if (m_report.findings.isEmpty()) {
        lines.prepend(m_report.isComplete
                          ? PdfWords::tr("Nothing went wrong.")
                          : PdfWords::tr("Nothing went wrong as far as it is recorded."));
    }
    for (const QString &text : std::as_const(lines)) {
        PdfCell note = soft(text);
        note.mark = statePicture(IncidentState::Scheduled, 14);
        const double height = m_pages.words(0, 0, PdfPages::Width, note, BodySize, false);
        m_pages.need(height);
        m_pages.words(0, m_pages.y(), PdfPages::Width, note, BodySize);
        m_pages.advance(height + 4);
    }
}

void ReportPainter::drawScore()
{
    m_pages.heading(PdfWords::tr("What the responder found"));
    const QString sentence = m_report.scoreSentence();
    const PdfCell words =
        plain(sentence.isEmpty() ? PdfWords::tr("No incident could be scored.") : sentence);
    m_pages.advance(m_pages.words(0, m_pages.y(), PdfPages::Width, words, BodySize) + 8);
    const QList<PdfColumn> columns{
        {PdfWords::tr("#"), 40, true},        {PdfWords::tr("Expected cause"), 210, false},
        {PdfWords::tr("Cause"), 230, false},  {PdfWords::tr("Actions found"), 200, false},
        {PdfWords::tr("Missed"), 190, false}, {PdfWords::tr("Unneeded"), 170, false},
        {PdfWords::tr("Answer"), 80, true}};
    QList<QList<PdfCell>> rows;
    for (const ReportIncident &incident : m_report.incidents) {
        const IncidentScore &score = incident.score;
        const PdfCell number = plain(QString::number(incident.number()));
        if (!score.isScored()) {
            rows.append({number, soft(QStringLiteral("–")), soft(score.unscored)});
            continue;
        }
        QStringList found;
        QStringList missed;
        QStringList superfluous;
        for (const ExpectedMatch &match : score.actions) {
            (match.isFound ? found : missed)
                .append(match.basis == MatchBasis::Hand
                            ? PdfWords::tr("%1 (by hand)").arg(readableName(match.expected))
                            : readableName(match.expected));
        }
        for (const ResponderAction &action : score.superfluous) {
            superfluous.append(readableName(action.name));
        }
        const auto listed = [](const QStringList &names) {
            return names.isEmpty() ? QStringLiteral("–") : names.join(QLatin1String(", "));
        };
        PdfCell cause = plain(QStringLiteral("–"));
        PdfCell how = plain(QStringLiteral("–"));
        if (score.cause) {
            const bool isFound = score.cause->isFound;
            cause = {readableName(score.cause->expected),
                     isFound ? theme().ink(IncidentState::Created) : theme().secondary,
                     false,
                     {},
                     statePicture(isFound ? IncidentState::Created : IncidentState::Skipped, 14)};
            const QString basis = matchSentence(score.cause->basis);
            how = soft(basis.isEmpty() ? foundText(score)
                                       : PdfWords::tr("%1, %2").arg(foundText(score), basis));
        }
        rows.append({number, cause, how, plain(listed(found)), plain(listed(missed)),
                     plain(listed(superfluous)), plain(orDash(score.answer))});
    }
    m_pages.table(columns, rows);
}

double ReportPainter::answersHeight(const ReportIncident &incident) const
{
    const IncidentRun &run = incident.run;
    if (run.state != IncidentState::Created || run.incident.isEmpty()) {
        return run.error.isEmpty() ? 0 : LineHeight * 2;
    }
    const qsizetype lines =
        std::max<qsizetype>({incident.hypotheses.size(), incident.actions.size(), 1});
    return LineHeight * double(lines + 1) + 4;
}

void ReportPainter::drawAnswers(const ReportIncident &incident, double x, double width)
{
    const IncidentRun &run = incident.run;
    if (run.state != IncidentState::Created || run.incident.isEmpty()) {
        m_pages.words(x, m_pages.y(), width, plain(run.error), BodySize);
        return;
    }
    const double top = m_pages.y();
    const double left = width * 0.6;
    const double right = width - left - 40;
    m_pages.line(x, left, PdfWords::tr("Hypotheses"), SmallSize, true, theme().secondary);
    m_pages.line(x + left + 40, right, PdfWords::tr("Actions"), SmallSize, true, theme().secondary);
    for (const Hypothesis &hypothesis : incident.hypotheses) {
        m_pages.advance(LineHeight);
        m_pages.line(x, 16, QString::number(hypothesis.rank), BodySize, false, theme().secondary,
                     Qt::AlignRight);
        const QString text = hypothesis.description.isEmpty() ? readableName(hypothesis.category)
                                                              : hypothesis.description;
        m_pages.line(x + 28, left - 170, text, BodySize, false, theme().text);
        if (incident.score.cause && incident.score.cause->id == hypothesis.id) {
            const double after =
                x + 36 +
                std::min(left - 170, m_pages.measure()(text.simplified(), BodySize, false));
            m_pages.svg(statePicture(IncidentState::Created, 12),
                        QRectF(after, m_pages.y() + 3, 12, 12));
        }
        if (hypothesis.confidence) {
            const QRectF bar(x + left - 100, m_pages.y() + 5, 60, 8);
            m_pages.painter().setPen(QPen(theme().separator, 1));
            m_pages.painter().setBrush(Qt::NoBrush);
            m_pages.painter().drawRect(bar);
            m_pages.painter().fillRect(
                QRectF(bar.topLeft(), QSizeF(bar.width() * *hypothesis.confidence, bar.height())),
                theme().accent);
            m_pages.line(x + left - 36, 36, roundedText(*hypothesis.confidence, 2), BodySize, false,
                         theme().text, Qt::AlignRight);
        }
    }
    m_pages.advance(top - m_pages.y());
    for (const ResponderAction &action : incident.actions) {
        m_pages.advance(LineHeight);
        m_pages.line(x + left + 40, right - 110, readableName(action.name), BodySize, false,
                     theme().text);
        if (!action.risk.isEmpty()) {
            m_pages.line(x + left + 40, right, PdfWords::tr("%1 risk").arg(action.risk), BodySize,
                         false, theme().secondary, Qt::AlignRight);
        }
    }
    m_pages.advance(top - m_pages.y());
}

void ReportPainter::drawCard(const ReportIncident &incident)
{
    const IncidentRun &run = incident.run;
    const double x = BoxPadding + 5;
    const double inside = PdfPages::Width - 2 * BoxPadding - 5;
    const qsizetype charts = run.scenario ? run.scenario->metrics.size() : 0;
    const int inRow = charts == 5 ? 5 : ChartsInRow;
    const double chartWidth = (inside - ChartGap * (inRow - 1)) / inRow;
    const double chartRows = std::ceil(double(charts) / inRow);
    QString said =
        (run.narration.isEmpty() && run.scenario ? run.scenario->description : run.narration)
            .trimmed();
    if (!said.isEmpty() && !QStringLiteral(".!?…").contains(said.back())) {
        said += u'.';
    }
    if (run.scenario && !run.scenario->rootCause.isEmpty()) {
        said +=
            u' ' + PdfWords::tr("Expected cause: %1").arg(readableName(run.scenario->rootCause));
    }
    const double saidHeight = m_pages.words(0, 0, inside, soft(said), BodySize, false);
    const double height = 2 * BoxPadding + 26 + saidHeight + 6 + chartRows * (ChartHeight + 12) +
                          answersHeight(incident);
    m_pages.need(height);
    const double top = m_pages.y();
    m_pages.box(QRectF(0, top, PdfPages::Width, height), theme().ink(run.severity).fill, 5);
    m_pages.advance(BoxPadding);
    m_pages.svg(severityPicture(run.severity, 22), QRectF(x, m_pages.y() - 2, 22, 22));
    m_pages.line(x + 30, inside - 400, PdfWords::tr("%1. %2").arg(incident.number()).arg(run.title),
                 15, true, theme().text);
    QString state =
        incident.status.isEmpty() ? incident.outcome : QString(incident.status).replace(u'_', u' ');
    if (incident.storedDiffers()) {
        state +=
            PdfWords::tr(", stored as %1").arg(severityName(*incident.storedSeverity).toLower());
    }
    if (!run.incidentId.isEmpty()) {
        state.prepend(shortIncidentId(run.incidentId) + u"  ");
    }
    m_pages.line(x + inside - 370, 370, state, BodySize, false, theme().secondary, Qt::AlignRight);
    m_pages.advance(26);
    m_pages.words(x, m_pages.y(), inside, soft(said), BodySize);
    m_pages.advance(saidHeight + 6);
    for (qsizetype i = 0; i < charts; ++i) {
        const double left = x + double(i % inRow) * (chartWidth + ChartGap);
        const qsizetype row = i / inRow;
        const double y = m_pages.y() + double(row) * (ChartHeight + 12);
        const ReportPicture chart =
            chartPicture(*run.scenario, i, run.seed, chartWidth, ChartHeight, m_pages.measure());
        m_pages.svg(chart.svg, QRectF(left, y, chartWidth, ChartHeight));
    }
    m_pages.advance(chartRows * (ChartHeight + 12));
    drawAnswers(incident, x, inside);
    m_pages.advance(top + height + 10 - m_pages.y());
}

} // namespace

Result<void> writeReportPdf(const RunReport &report, const QString &path)
{
    const QString title = PdfWords::tr("%1, run %2").arg(report.timeline, report.runId);
    PdfPages pages(title, title);
    if (!pages.isGood()) {
        return fail(PdfWords::tr("The pages of the report could not be drawn."));
    }
    ReportPainter(report, pages).draw();
    // The writer seeks and closes what it writes to; neither is for a file that is saved at once.
    return writeReportFile(pages.finish(), path);
}

int writeReportPdf(const QString &journal, const QString &path)
{
    const Result<RunReport> report = readLinkedReport(journal);
    const Result<void> written =
        report ? writeReportPdf(*report, path) : Result<void>(tl::make_unexpected(report.error()));
    if (written) {
        return 0;
    }
    Console::print(Console::Stream::Error, written.error().toString());
    return 2;
}
