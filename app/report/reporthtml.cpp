// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/numbers.h"
#include "app/base/timetext.h"
#include "app/report/reportpage.h"
#include "app/report/reportpictures.h"
#include "app/report/reportwriters.h"
#include "app/run/runwords.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

namespace {

constexpr double PictureWidth = 1120;
constexpr double ChartWidth = 255;
constexpr double FifthWidth = 201; ///< where five stand in one row
constexpr double ChartHeight = 156;
constexpr double RowMark = 14;
/** More cards than that make a page that no browser likes; the tables have them all. */
constexpr int MostCards = 120;

struct HtmlWords
{
    Q_DECLARE_TR_FUNCTIONS(ReportHtml)
};

void fact(Markup &html, const QString &before, const QString &bold, const QString &after = {})
{
    html.open("span").text(before.isEmpty() ? QString() : before + u' ');
    html.element("b", {}, bold);
    html.text(after.isEmpty() ? QString() : u' ' + after).close();
}

void writeHead(Markup &html, const RunReport &report)
{
    html.open("div", {{"class", QStringLiteral("top")}}).open("div");
    html.element("h1", {},
                 report.timeline.isEmpty() ? HtmlWords::tr("Untitled timeline") : report.timeline);
    html.element("span", {{"class", QStringLiteral("kind")}},
                 report.runName.isEmpty() ? HtmlWords::tr("Run report")
                                          : HtmlWords::tr("Run report: %1").arg(report.runName));
    html.close();
    html.element("span", {{"class", QStringLiteral("soft")}},
                 HtmlWords::tr("run %1, %2").arg(report.runId, report.completeness));
    html.close();

    html.open("div", {{"class", QStringLiteral("facts")}});
    const QString zone = report.startedAt.timeZoneAbbreviation();
    const QString begun = reportClock(report.startedAt, report.startedAt);
    fact(
        html, QLocale().toString(report.startedAt.date(), QStringLiteral("d MMMM yyyy,")),
        report.finishedAt.isValid()
            ? HtmlWords::tr("%1 to %2").arg(begun, reportClock(report.finishedAt, report.startedAt))
            : HtmlWords::tr("from %1").arg(begun),
        zone);
    fact(html, HtmlWords::tr("Target"), report.target);
    fact(html, HtmlWords::tr("Speed"), speedText(report.speed));
    if (!report.timelinePath.isEmpty()) {
        fact(html, HtmlWords::tr("File"), QFileInfo(report.timelinePath).fileName());
    }
    html.close();
}

void writeTotals(Markup &html, const RunReport &report)
{
    html.open("div", {{"class", QStringLiteral("totals")}});
    for (const ReportTotal &total : report.topTotals()) {
        html.open("div", {{"class", total.mark ? u"total " + toString(*total.mark)
                                               : QStringLiteral("total")}});
        html.open("b").text(total.value);
        if (total.mark) {
            html.add(statePicture(*total.mark, 16));
        }
        html.close().element("span", {}, total.label).close();
    }
    html.close();
}

void heads(Markup &html, const QStringList &titles)
{
    html.open("thead").open("tr");
    for (const QString &title : titles) {
        const bool isNumber = title.startsWith(u'>');
        html.element("th", {{"class", isNumber ? QStringLiteral("number") : QString()}},
                     isNumber ? title.mid(1) : title);
    }
    html.close().close();
}

/** Where on the timeline, and below it when on the clock. */
void moment(Markup &html, const std::optional<TimelinePosition> &position, const QDateTime &time,
            const RunReport &report)
{
    html.open("td", {{"class", QStringLiteral("number")}});
    html.text(position ? positionText(*position) : QStringLiteral("–"));
    if (position && time.isValid()) {
        html.leaf("br").element("span", {{"class", QStringLiteral("soft")}},
                                reportClock(time, report.startedAt));
    }
    html.close();
}

void number(Markup &html, const QString &text)
{
    html.element("td", {{"class", QStringLiteral("number")}}, text);
}

void writeId(Markup &html, const ReportIncident &incident)
{
    const QString id = incident.run.incidentId;
    if (id.isEmpty()) {
        html.text(QStringLiteral("–"));
        return;
    }
    const QString shown = shortIncidentId(id);
    if (incident.link.isEmpty()) {
        html.element("span", {{"class", QStringLiteral("id")}, {"title", id}}, shown);
    } else {
        html.element("a", {{"class", QStringLiteral("id")}, {"href", incident.link}, {"title", id}},
                     shown);
    }
}

void writeTable(Markup &html, const RunReport &report)
{
    html.open("div", {{"class", QStringLiteral("wide")}}).open("table");
    heads(html,
          {HtmlWords::tr(">#"), HtmlWords::tr("Outcome"), HtmlWords::tr(">Planned"),
           HtmlWords::tr(">Sent"), QString(), HtmlWords::tr("Incident"), HtmlWords::tr("Service"),
           HtmlWords::tr("Id"), HtmlWords::tr(">Hypotheses"), HtmlWords::tr(">Actions"),
           HtmlWords::tr(">Latency"), HtmlWords::tr(">Late"), HtmlWords::tr(">Waited")});
    html.open("tbody");
    for (const ReportIncident &incident : report.incidents) {
        const IncidentRun &run = incident.run;
        html.open("tr", {{"class", toString(run.state)}});
        number(html, QString::number(incident.number()));
        html.open("td", {{"class", QStringLiteral("state")}})
            .add(statePicture(run.state, RowMark))
            .text(incident.outcome)
            .close();
        moment(html, TimelinePosition(run.delay), incident.plannedAt, report);
        moment(html, incident.sentPosition, incident.sentAt, report);
        html.open("td").add(severityPicture(run.severity, 18)).close();
        html.element("td", {{"class", QStringLiteral("wrap")}}, run.title);
        html.element("td", {{"class", QStringLiteral("soft line")}}, run.service);
        html.open("td");
        writeId(html, incident);
        html.close();
        number(html, orDash(run.hypotheses));
        number(html, orDash(run.actions));
        number(html, orDash(incident.latency));
        number(html, orDash(run.late()));
        number(html, orDash(incident.waited));
        html.close();
    }
    html.close().close().close();
}

void writeFindings(Markup &html, const RunReport &report)
{
    html.element("h2", {}, HtmlWords::tr("What went wrong, and why"));
    for (const ReportFinding &finding : report.findings) {
        html.open("div", {{"class", u"box " + toString(finding.mark)}});
        html.add(statePicture(finding.mark, 15)).element("h3", {}, finding.heading);
        html.open("p").text(finding.what + u' ').element("b", {}, finding.existence).close();
        if (!finding.advice.isEmpty()) {
            html.element("p", {{"class", QStringLiteral("soft")}}, finding.advice);
        }
        if (!finding.link.isEmpty()) {
            html.open("p").element("a", {{"href", finding.link}},
                                   HtmlWords::tr("Search the target for it"));
            html.close();
        }
        html.close();
    }
    if (report.findings.isEmpty()) {
        html.element("p", {},
                     report.isComplete
                         ? HtmlWords::tr("Nothing went wrong.")
                         : HtmlWords::tr("Nothing went wrong as far as it is recorded."));
    }
    if (!report.notes.isEmpty()) {
        html.open("ul", {{"class", QStringLiteral("notes")}});
        for (const QString &note : report.notes) {
            html.open("li").add(statePicture(IncidentState::Scheduled, 11)).text(note).close();
        }
        html.close();
    }
}

void writeLog(Markup &html, const RunReport &report)
{
    if (report.log.isEmpty()) {
        return;
    }
    html.element("h2", {}, HtmlWords::tr("Presenter's log"));
    html.open("div", {{"class", QStringLiteral("wide")}}).open("table");
    heads(html, {HtmlWords::tr(">T+"), HtmlWords::tr(">Clock"), HtmlWords::tr("Event")});
    html.open("tbody");
    for (const PresenterLine &line : report.log) {
        html.open("tr");
        number(html, positionText(line.position));
        number(html, reportClock(line.at, report.startedAt));
        html.element("td", {{"class", QStringLiteral("wrap")}}, line.text);
        html.close();
    }
    html.close().close().close();
}

/** An expected thing with its mark: a tick, or a ring with a slash. */
void writeMatch(Markup &html, const ExpectedMatch &match)
{
    html.open("span", {{"class", match.isFound ? QStringLiteral("match good")
                                               : QStringLiteral("match soft")},
                       {"title", matchSentence(match.basis)}});
    html.add(statePicture(match.isFound ? IncidentState::Created : IncidentState::Skipped, 12));
    html.text(u' ' + readableName(match.expected));
    if (match.basis == MatchBasis::Hand) {
        html.text(u' ' + HtmlWords::tr("(by hand)"));
    }
    html.close();
}

void writeScoreRow(Markup &html, const ReportIncident &incident)
{
    const IncidentScore &score = incident.score;
    html.open("tr");
    number(html, QString::number(incident.number()));
    if (!score.isScored()) {
        html.element("td", {{"colspan", QStringLiteral("5")}, {"class", QStringLiteral("soft")}},
                     score.unscored);
        html.close();
        return;
    }
    html.open("td");
    if (score.cause) {
        writeMatch(html, *score.cause);
        html.leaf("br");
        const QString how = matchSentence(score.cause->basis);
        html.element("span", {{"class", QStringLiteral("soft")}},
                     how.isEmpty() ? foundText(score)
                                   : HtmlWords::tr("%1, %2").arg(foundText(score), how));
    } else {
        html.text(QStringLiteral("–"));
    }
    html.close();
    html.open("td");
    for (qsizetype i = 0; i < score.actions.size(); ++i) {
        if (i > 0) {
            html.leaf("br");
        }
        writeMatch(html, score.actions[i]);
    }
    html.close();
    number(html, QStringLiteral("%1 / %2").arg(score.actionsFound()).arg(score.actions.size()));
    QStringList superfluous;
    for (const ResponderAction &action : score.superfluous) {
        superfluous.append(readableName(action.name));
    }
    html.element("td", {{"class", QStringLiteral("wrap")}},
                 superfluous.isEmpty() ? QStringLiteral("–") : superfluous.join(u", "));
    number(html, orDash(score.answer));
    html.close();
}

void writeScore(Markup &html, const RunReport &report)
{
    html.element("h2", {}, HtmlWords::tr("What the responder found"));
    const QString sentence = report.scoreSentence();
    html.element("p", {},
                 sentence.isEmpty() ? HtmlWords::tr("No incident could be scored.") : sentence);
    html.open("div", {{"class", QStringLiteral("wide")}}).open("table");
    heads(html,
          {HtmlWords::tr(">#"), HtmlWords::tr("Expected cause"), HtmlWords::tr("Expected actions"),
           HtmlWords::tr(">Found"), HtmlWords::tr("Unneeded"), HtmlWords::tr(">Answer")});
    html.open("tbody");
    for (const ReportIncident &incident : report.incidents) {
        writeScoreRow(html, incident);
    }
    html.close().close().close();
}

void writeAnswers(Markup &html, const ReportIncident &incident)
{
    html.open("div", {{"class", QStringLiteral("answers")}});
    html.open("div").element("h4", {}, HtmlWords::tr("Hypotheses"));
    for (const Hypothesis &hypothesis : incident.hypotheses) {
        html.open("div", {{"class", QStringLiteral("answer")}});
        html.element("span", {{"class", QStringLiteral("rank")}}, QString::number(hypothesis.rank));
        const bool isCause = incident.score.cause && incident.score.cause->id == hypothesis.id;
        html.open("span", {{"class", QStringLiteral("what")}});
        html.text(hypothesis.description.isEmpty() ? readableName(hypothesis.category)
                                                   : hypothesis.description);
        if (isCause) {
            html.text(QStringLiteral(" ")).add(statePicture(IncidentState::Created, 12));
        }
        html.close();
        if (hypothesis.confidence) {
            const double part = *hypothesis.confidence;
            html.open("svg", {{"class", QStringLiteral("bar")},
                              {"viewBox", QStringLiteral("0 0 60 8")},
                              {"width", QStringLiteral("60")},
                              {"height", QStringLiteral("8")}});
            html.leaf("rect", {{"width", QStringLiteral("59")},
                               {"height", QStringLiteral("7")},
                               {"x", QStringLiteral("0.5")},
                               {"y", QStringLiteral("0.5")},
                               {"fill", ReportInk::Ground},
                               {"stroke", ReportInk::Separator}});
            html.leaf("rect", {{"width", svgNumber(60 * part)},
                               {"height", QStringLiteral("8")},
                               {"fill", ReportInk::Accent}});
            html.close();
            html.element("span", {}, roundedText(part, 2));
        }
        html.close();
    }
    if (incident.hypotheses.isEmpty()) {
        html.element("p", {{"class", QStringLiteral("soft")}}, HtmlWords::tr("None."));
    }
    html.close().open("div").element("h4", {}, HtmlWords::tr("Actions"));
    for (const ResponderAction &action : incident.actions) {
        html.open("div", {{"class", QStringLiteral("answer")}});
        html.element("span", {{"class", QStringLiteral("what")}}, readableName(action.name));
        if (!action.risk.isEmpty()) {
            html.element("span", {{"class", QStringLiteral("soft")}},
                         HtmlWords::tr("%1 risk").arg(action.risk));
        }
        html.close();
    }
    if (incident.actions.isEmpty()) {
        html.element("p", {{"class", QStringLiteral("soft")}}, HtmlWords::tr("None."));
    }
    html.close().close();
}

void writeCard(Markup &html, const ReportIncident &incident)
{
    const IncidentRun &run = incident.run;
    html.open("div", {{"class", u"box card " + toString(run.severity)}});
    html.open("div", {{"class", QStringLiteral("top")}}).open("div");
    html.add(severityPicture(run.severity, 22));
    html.element("h3", {}, HtmlWords::tr("%1. %2").arg(incident.number()).arg(run.title)).close();
    html.open("span", {{"class", QStringLiteral("soft")}});
    if (!run.incidentId.isEmpty()) {
        writeId(html, incident);
        html.text(QStringLiteral("  "));
    }
    html.text(incident.status.isEmpty() ? incident.outcome
                                        : QString(incident.status).replace(u'_', u' '));
    if (incident.storedDiffers()) {
        html.text(
            HtmlWords::tr(", stored as %1").arg(severityName(*incident.storedSeverity).toLower()));
    }
    html.close().close();
    html.open("p", {{"class", QStringLiteral("soft")}});
    const QString said =
        (run.narration.isEmpty() && run.scenario ? run.scenario->description : run.narration)
            .trimmed();
    html.text(said);
    if (run.scenario && !run.scenario->rootCause.isEmpty()) {
        const bool isOpen = !said.isEmpty() && !QStringLiteral(".!?…").contains(said.back());
        html.text((isOpen ? u". " : u" ") + HtmlWords::tr("Expected cause:") + u' ');
        html.element("b", {}, readableName(run.scenario->rootCause));
    }
    html.close();
    if (run.scenario && !run.scenario->metrics.isEmpty()) {
        const bool isFive = run.scenario->metrics.size() == 5;
        html.open("div",
                  {{"class", isFive ? QStringLiteral("charts five") : QStringLiteral("charts")}});
        for (qsizetype i = 0; i < run.scenario->metrics.size(); ++i) {
            html.add(chartPicture(*run.scenario, i, run.seed, isFive ? FifthWidth : ChartWidth,
                                  ChartHeight)
                         .svg);
        }
        html.close();
    }
    if (run.state == IncidentState::Created && !run.incident.isEmpty()) {
        writeAnswers(html, incident);
    } else if (!run.error.isEmpty()) {
        html.element("p", {}, run.error);
    }
    html.close();
}

} // namespace

QByteArray reportHtml(const RunReport &report)
{
    ReportPage page(HtmlWords::tr("%1, run %2").arg(report.timeline, report.runId));
    Markup &html = page.body();
    writeHead(html, report);
    html.element("p", {{"class", u"lead " + toString(report.headlineMark())}}, report.headline());
    writeTotals(html, report);
    html.open("div", {{"class", QStringLiteral("wide")}});
    html.add(runPicture(report, PictureWidth).svg).close();
    writeTable(html, report);
    html.open("div", {{"class", QStringLiteral("columns")}}).open("div");
    writeScore(html, report);
    html.close().open("div");
    writeFindings(html, report);
    html.close().close();
    writeLog(html, report);
    page.heading(HtmlWords::tr("Incident by incident"));
    int cards = 0;
    for (const ReportIncident &incident : report.incidents) {
        if (++cards > MostCards) {
            html.element(
                "p", {{"class", QStringLiteral("soft")}},
                HtmlWords::tr("The first %1 of %2 incidents have a card here; the tables above "
                              "and the other forms of this report have them all.")
                    .arg(MostCards)
                    .arg(report.incidents.size()));
            break;
        }
        writeCard(html, incident);
    }
    html.element(
        "footer", {},
        HtmlWords::tr("Written by Timeline Orchestrator %1 from the run's journal. Digest of "
                      "the requests: %2")
            .arg(QStringLiteral(ORCHESTRATOR_VERSION), QString::fromLatin1(report.digest)));
    return page.toBytes();
}
