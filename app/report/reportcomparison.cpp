// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/tabletext.h"
#include "app/base/timetext.h"
#include "app/report/reportpage.h"
#include "app/report/reportwriters.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

constexpr QChar NoValueDash(0x2013);

struct ComparisonWords
{
    Q_DECLARE_TR_FUNCTIONS(ReportComparison)
};

/** A table as any writer takes it; titles of columns of numbers begin with '>'. */
struct Table
{
    QString heading;
    QStringList titles;
    QList<QStringList> rows;
};

QString of(int part, int whole)
{
    return whole > 0 ? ComparisonWords::tr("%1 of %2").arg(part).arg(whole) : QString(NoValueDash);
}

QString runName(const RunReport &run)
{
    return run.runName.isEmpty() ? run.runId : run.runName;
}

QString startText(const RunReport &run)
{
    return QLocale().toString(run.startedAt, QStringLiteral("d MMM yyyy HH:mm:ss"));
}

Table runsTable(const RunsComparison &comparison)
{
    Table table;
    table.heading = ComparisonWords::tr("Run by run");
    table.titles = {ComparisonWords::tr(">#"),
                    ComparisonWords::tr("Run"),
                    ComparisonWords::tr("Timeline"),
                    ComparisonWords::tr("Started"),
                    ComparisonWords::tr("Target"),
                    ComparisonWords::tr(">Created"),
                    ComparisonWords::tr(">Failed"),
                    ComparisonWords::tr(">Uncertain"),
                    ComparisonWords::tr(">Cause first"),
                    ComparisonWords::tr(">Among three"),
                    ComparisonWords::tr(">Actions found"),
                    ComparisonWords::tr(">Unneeded"),
                    ComparisonWords::tr(">Median answer"),
                    ComparisonWords::tr(">Median late")};
    int number = 0;
    for (const RunReport &run : comparison.runs) {
        table.rows.append(
            {QString::number(++number), runName(run), run.timeline, startText(run), run.target,
             of(run.totals.created, run.totals.planned), QString::number(run.totals.failed),
             QString::number(run.totals.uncertain), of(run.score.first, run.score.causes),
             of(run.score.amongThree, run.score.causes),
             of(run.score.actionsFound, run.score.actionsExpected),
             QString::number(run.score.superfluous), orDash(run.score.medianAnswer),
             orDash(run.totals.medianLate)});
    }
    return table;
}

QStringList scoreCells(const ScoreTotals &score)
{
    return {of(score.first, score.causes), of(score.amongThree, score.causes),
            of(score.actionsFound, score.actionsExpected), QString::number(score.superfluous),
            orDash(score.medianAnswer)};
}

Table scenariosTable(const RunsComparison &comparison)
{
    Table table;
    table.heading = ComparisonWords::tr("Scenario by scenario, over all runs");
    table.titles = {ComparisonWords::tr("Scenario"),     ComparisonWords::tr("Incident"),
                    ComparisonWords::tr(">Created"),     ComparisonWords::tr(">Cause first"),
                    ComparisonWords::tr(">Among three"), ComparisonWords::tr(">Actions found"),
                    ComparisonWords::tr(">Unneeded"),    ComparisonWords::tr(">Median answer")};
    int sent = 0;
    int created = 0;
    for (const ScenarioComparison &scenario : comparison.scenarios) {
        table.rows.append(
            QStringList{scenario.key, scenario.name, of(scenario.created, scenario.sent)} +
            scoreCells(scenario.score));
        sent += scenario.sent;
        created += scenario.created;
    }
    table.rows.append(QStringList{ComparisonWords::tr("All"), {}, of(created, sent)} +
                      scoreCells(comparison.score));
    return table;
}

/** How the cause of each scenario was found, run beside run. */
Table gridTable(const RunsComparison &comparison)
{
    Table table;
    table.heading = ComparisonWords::tr("Cause found first, run beside run");
    table.titles = {ComparisonWords::tr("Scenario")};
    for (qsizetype i = 0; i < comparison.runs.size(); ++i) {
        table.titles.append(u'>' + ComparisonWords::tr("#%1").arg(i + 1));
    }
    for (const ScenarioComparison &scenario : comparison.scenarios) {
        QStringList cells{scenario.key};
        for (const std::optional<ScoreTotals> &score : scenario.byRun) {
            cells.append(score ? of(score->first, score->causes) : QString(NoValueDash));
        }
        table.rows.append(cells);
    }
    return table;
}

QList<Table> tablesOf(const RunsComparison &comparison)
{
    return {runsTable(comparison), scenariosTable(comparison), gridTable(comparison)};
}

QString titleOf(const RunsComparison &comparison)
{
    return ComparisonWords::tr("Comparison of %1 runs").arg(comparison.runs.size());
}

} // namespace

QByteArray comparisonHtml(const RunsComparison &comparison)
{
    ReportPage page(titleOf(comparison));
    Markup &html = page.body();
    html.element("h1", {}, titleOf(comparison));
    const QList<Table> tables = tablesOf(comparison);
    for (const Table &table : tables) {
        page.heading(table.heading);
        html.open("div", {{"class", QStringLiteral("wide")}}).open("table");
        html.open("thead").open("tr");
        const auto classOf = [&](qsizetype column) {
            return table.titles[column].startsWith(u'>') ? QStringLiteral("number")
                                                         : QStringLiteral("path");
        };
        for (qsizetype i = 0; i < table.titles.size(); ++i) {
            const bool isNumber = table.titles[i].startsWith(u'>');
            html.element("th", {{"class", classOf(i)}},
                         isNumber ? table.titles[i].mid(1) : table.titles[i]);
        }
        html.close().close().open("tbody");
        for (const QStringList &row : table.rows) {
            html.open("tr");
            for (qsizetype i = 0; i < row.size(); ++i) {
                html.element("td", {{"class", classOf(i)}}, row[i]);
            }
            html.close();
        }
        html.close().close().close();
    }
    return page.toBytes();
}

QByteArray comparisonMarkdown(const RunsComparison &comparison)
{
    QString text = u"# " + titleOf(comparison) + u'\n';
    const QList<Table> tables = tablesOf(comparison);
    for (const Table &table : tables) {
        text += u"\n## " + table.heading + u"\n\n|";
        QString rule = QStringLiteral("|");
        for (const QString &title : table.titles) {
            const bool isNumber = title.startsWith(u'>');
            text += u' ' + markdownText(isNumber ? title.mid(1) : title) + u" |";
            rule += isNumber ? QLatin1String("---:|") : QLatin1String("---|");
        }
        text += u'\n' + rule + u'\n';
        for (const QStringList &row : table.rows) {
            text += u'|';
            for (const QString &cell : row) {
                text += u' ' + markdownText(cell) + u" |";
            }
            text += u'\n';
        }
    }
    return text.toUtf8();
}

QByteArray comparisonCsv(const RunsComparison &comparison)
{
    QString text = QStringLiteral("run_id,run_name,started_at,scenario,name,scored,causes,first,"
                                  "among_three,later,not_found,actions_expected,actions_found,"
                                  "actions_superfluous,median_answer_ms\r\n");
    for (qsizetype i = 0; i < comparison.runs.size(); ++i) {
        const RunReport &run = comparison.runs[i];
        for (const ScenarioComparison &scenario : comparison.scenarios) {
            const std::optional<ScoreTotals> score = scenario.byRun.value(i);
            if (!score) {
                continue;
            }
            text += csvRow(
                {run.runId, run.runName, run.startedAt.toUTC().toString(Qt::ISODateWithMs),
                 scenario.key, scenario.name, score->scored, score->causes, score->first,
                 score->amongThree, score->later, score->missed, score->actionsExpected,
                 score->actionsFound, score->superfluous, toMilliseconds(score->medianAnswer)});
        }
    }
    return text.toUtf8();
}
