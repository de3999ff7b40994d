// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Longer than most sources: the cards of the dashboard, which are laid out and filled together.
#include "ui/dashboard/dashboard.h"

#include "app/base/numbers.h"
#include "app/base/timetext.h"
#include "app/generation/generators.h"
#include "app/run/runwords.h"
#include "app/run/stageplan.h"
#include "ui/charts/metricchart.h"
#include "ui/charts/metricwords.h"
#include "ui/dashboard/barlist.h"
#include "ui/dashboard/columnchart.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/widgets/elidedlabel.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>

#include <algorithm>
#include <cmath>

namespace {

constexpr Duration ChartWindow = std::chrono::minutes(5);
constexpr int MostIncidents = 8; ///< whose metrics are drawn
constexpr qsizetype MostAnswers = 60;
constexpr int MostServices = 8;
constexpr int ChartWidth = 250;
/** The window's size at which texts have the program's own size; in a larger one they are larger.
 */
constexpr double OrdinaryWidth = 1280;
constexpr double OrdinaryHeight = 720;
constexpr double LargestTexts = 2.5;
constexpr double TileTexts = 1.8;
/** Charts take at most this part of the time, however many there are. */
constexpr int RestPerWork = 4;

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont bold = label->font();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    return label;
}

QLabel *aside(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

/** A number with what it is. */
struct Dashboard::Tile
{
    QLabel *number = nullptr;
    QLabel *caption = nullptr;

    void set(const QString &text, const QString &words = {}) const
    {
        if (number->text() != text) {
            number->setText(text);
        }
        if (!words.isEmpty() && caption->text() != words) {
            caption->setText(words);
        }
    }
};

/** An incident whose metrics are drawn: its title, and a chart for each. */
struct Dashboard::Running
{
    Running(const IncidentRun &run, QWidget *parent)
        : incident(run.index)
        , title(run.title)
        , severity(run.severity)
        , onset(beganAt(run))
        , series(run.scenario, run.seed, run.duration)
        , head(std::make_unique<ElidedLabel>(parent))
    {
        head->setFullText(Dashboard::tr("#%1 %2, %3", "number, title and service of an incident")
                              .arg(QString::number(incident + 1), title, run.service));
        QFont bold; // its size is that of the page, whatever that becomes
        bold.setBold(true);
        head->setFont(bold);
        for (qsizetype i = 0; i < series.count(); ++i) {
            charts.push_back(std::make_unique<MetricChart>(parent));
            charts.back()->setBackgroundRole(QPalette::Base);
        }
    }

    int incident;
    QString title;
    Severity severity;
    TimelinePosition onset;
    LiveSeries series;
    std::unique_ptr<ElidedLabel> head;
    std::vector<std::unique_ptr<MetricChart>> charts;
};

Dashboard::Dashboard(QWidget *parent)
    : QWidget(parent)
    , m_scroll(new QScrollArea(this))
    , m_page(new QWidget)
{
    const QFontMetricsF metrics(font());
    const int gap = scaledInt(metrics, 8);
    const int margin = scaledInt(metrics, 12);

    auto *tiles = new QGridLayout;
    tiles->setSpacing(gap);
    m_created = addTile(tr("incidents created"), tiles);
    m_under = addTile(tr("in progress"), tiles);
    m_hypotheses = addTile(tr("hypotheses"), tiles);
    m_actions = addTile(tr("actions"), tiles);
    m_latency = addTile(tr("median answer"), tiles);
    m_tokens = addTile(tr("tokens, none needed"), tiles);

    auto *head = new QHBoxLayout;
    head->addWidget(heading(tr("Metrics of incidents in progress"), m_page));
    head->addStretch();
    head->addWidget(aside(tr("simulated values, last 5 min"), m_page));
    m_charts = new QWidget(m_page);
    m_charts->setBackgroundRole(QPalette::Base);
    m_charts->setAutoFillBackground(true);
    m_grid = new QGridLayout(m_charts);
    m_grid->setSpacing(2 * gap);
    m_noCharts = aside({}, m_page);
    m_noCharts->setWordWrap(true);

    QList<ColumnChart::Kind> severities;
    for (const Severity severity :
         {Severity::Critical, Severity::High, Severity::Medium, Severity::Low}) {
        severities.append({severityName(severity),
                           [severity](const Theme &theme) { return theme.ink(severity).fill; }});
    }
    m_overTime = new ColumnChart(tr("Incidents over time"), severities, m_page);
    m_overTime->setEmptyText(tr("Each incident that is created adds to its minute."));
    m_severities = new BarList(tr("By severity"), m_page);
    m_services = new BarList(tr("By service"), m_page);
    m_services->setEmptyText(tr("The services of created incidents stand here."));
    m_latencies = new ColumnChart(
        tr("Answers of the API"),
        {{tr("latency"), [](const Theme &theme) { return theme.secondary; }}}, m_page);
    m_latencies->setLimitText([](double ms) { return latencyText(fromMilliseconds(ms)); });
    m_latencies->setEmptyText(tr("How long the target takes to answer each incident."));
    m_found =
        new ColumnChart(tr("Hypotheses and actions"),
                        {{tr("hypotheses"), [](const Theme &theme) { return theme.secondary; }},
                         {tr("actions"), [](const Theme &theme) { return theme.separator; }}},
                        m_page);
    m_found->setEmptyText(tr("What the target finds for each incident: hypotheses, and actions on "
                             "top of them."));

    auto *figures = new QGridLayout;
    figures->setSpacing(2 * gap);
    figures->addWidget(m_overTime, 0, 0, Qt::AlignTop);
    figures->addWidget(m_severities, 0, 1, Qt::AlignTop);
    figures->addWidget(m_services, 0, 2, Qt::AlignTop);
    auto *answers = new QGridLayout;
    answers->setSpacing(2 * gap);
    answers->addWidget(m_latencies, 0, 0);
    answers->addWidget(m_found, 0, 1);
    figures->addLayout(answers, 1, 0, 1, 3);
    figures->setColumnStretch(0, 2);
    figures->setColumnStretch(1, 1);
    figures->setColumnStretch(2, 1);

    auto *column = new QVBoxLayout(m_page);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(gap);
    column->addLayout(tiles);
    column->addSpacing(gap);
    column->addLayout(head);
    column->addWidget(m_charts);
    column->addWidget(m_noCharts);
    column->addSpacing(gap);
    column->addLayout(figures);
    column->addStretch(1);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(m_page);
    m_scroll->setAccessibleName(tr("Dashboard"));
    m_scroll->viewport()->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
    setWindowTitle(tr("Dashboard"));
    connect(&m_follower, &RunFollower::moved, this, &Dashboard::refresh);
    scaleTexts();
    showFacts();
    showColumns();
    chooseRunning();
}

Dashboard::~Dashboard() = default;

QSize Dashboard::sizeHint() const
{
    const QFontMetricsF metrics(font());
    return {scaledInt(metrics, 1000), scaledInt(metrics, 640)};
}

Dashboard::Tile *Dashboard::addTile(const QString &caption, QGridLayout *grid)
{
    m_tiles.push_back(std::make_unique<Tile>());
    Tile *tile = m_tiles.back().get();
    tile->number = new QLabel(QStringLiteral("0"), m_page);
    tile->caption = aside(caption, m_page);
    const int column = int(m_tiles.size()) - 1;
    grid->addWidget(tile->number, 0, column);
    grid->addWidget(tile->caption, 1, column);
    grid->setColumnStretch(column, 1);
    return tile;
}

void Dashboard::setRun(const RunRecord &record)
{
    m_isRecordNew = true;
    m_follower.setRun(record);
}

void Dashboard::setPosition(TimelinePosition position, RunAge age)
{
    m_follower.setPosition(position, age);
}

QList<int> Dashboard::incidents() const
{
    QList<int> shown;
    for (const auto &running : m_running) {
        shown.append(running->incident);
    }
    return shown;
}

void Dashboard::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    scaleTexts();
}

void Dashboard::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        scaleTexts();
        placeCharts();
    }
}

void Dashboard::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
    placeCharts();
}

bool Dashboard::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_scroll->viewport() && event->type() == QEvent::Resize) {
        placeCharts();
    }
    return QWidget::eventFilter(watched, event);
}

void Dashboard::refresh()
{
    if (!isVisible()) {
        return; // all of it is made anew when it is shown
    }
    const RunRecord &record = m_follower.record();
    if (record.runId() != m_runId) {
        m_runId = record.runId();
        m_running.clear();
        m_generators.clear();
        const QList<GeneratorProfile> profiles = Generators::all();
        for (const GeneratorProfile &profile : profiles) {
            m_generators.insert(profile.name, profile);
        }
    }
    if (m_isRecordNew) {
        m_isRecordNew = false;
        m_facts =
            dashboardFacts(record, [this](const QString &generator, const TokenCount &tokens) {
                const auto profile = m_generators.constFind(generator);
                return profile == m_generators.cend() ? std::nullopt : profile->costOf(tokens);
            });
        showFacts();
        showColumns();
    }
    chooseRunning();
    moveCharts();
}

void Dashboard::showFacts()
{
    m_created->set(QString::number(m_facts.created),
                   m_facts.created == 1 ? tr("incident created") : tr("incidents created"));
    m_hypotheses->set(QString::number(m_facts.hypotheses));
    m_actions->set(QString::number(m_facts.actions));
    m_latency->set(m_facts.medianLatency ? latencyText(*m_facts.medianLatency)
                                         : QStringLiteral("–"));
    QString tokens;
    if (m_facts.tokens.total() == 0) {
        tokens = m_facts.generated > 0 ? tr("tokens, made offline") : tr("tokens, none needed");
    } else if (m_facts.cost) {
        tokens = tr("tokens, cost %1").arg(roundedText(*m_facts.cost, 4));
    } else {
        tokens = tr("tokens, price unknown");
    }
    m_tokens->set(QString::number(m_facts.tokens.total()), tokens);
}

void Dashboard::showColumns()
{
    QList<BarList::Row> severities;
    for (const Severity severity :
         {Severity::Critical, Severity::High, Severity::Medium, Severity::Low}) {
        severities.append({severityName(severity), m_facts.bySeverity[size_t(severity)], severity});
    }
    m_severities->setRows(severities);
    QList<BarList::Row> services;
    int others = 0;
    for (const DashboardFacts::Service &service : std::as_const(m_facts.byService)) {
        if (services.size() < MostServices - 1 || m_facts.byService.size() == MostServices) {
            services.append(BarList::Row{service.name, service.count, {}});
        } else {
            others += service.count;
        }
    }
    if (others > 0) {
        services.append(BarList::Row{tr("others"), others, {}});
    }
    m_services->setRows(services);

    QList<QList<double>> columns;
    for (const std::array<int, 4> &part : std::as_const(m_facts.overTime)) {
        columns.append(
            QList<double>{double(part[3]), double(part[2]), double(part[1]), double(part[0])});
    }
    m_overTime->setColumns(columns, timeText({}), timeText(m_facts.part * m_facts.overTime.size()));
    m_overTime->setFacts(m_facts.created > 0 ? tr("%1 a column").arg(timeText(m_facts.part))
                                             : QString());
    QList<QList<double>> latencies;
    QList<QList<double>> found;
    const qsizetype first = std::max<qsizetype>(0, m_facts.answers.size() - MostAnswers);
    for (const DashboardFacts::Answer &answer : m_facts.answers.mid(first)) {
        latencies.append(QList<double>{toMilliseconds(answer.latency.value_or(Duration()))});
        found.append(QList<double>{double(answer.hypotheses), double(answer.actions)});
    }
    const QString low =
        first > 0 ? tr("the last %1, as they were sent").arg(MostAnswers) : tr("as they were sent");
    m_latencies->setColumns(latencies, low, {});
    m_latencies->setFacts(m_facts.medianLatency
                              ? tr("median %1, longest %2")
                                    .arg(latencyText(*m_facts.medianLatency),
                                         latencyText(m_facts.worstLatency.value_or(Duration())))
                              : QString());
    m_found->setColumns(found, low, {});
    m_found->setFacts(m_facts.created > 0 ? tr("%1 hypotheses below, %2 actions above")
                                                .arg(m_facts.hypotheses)
                                                .arg(m_facts.actions)
                                          : QString());
}

void Dashboard::chooseRunning()
{
    QList<const IncidentRun *> wanted;
    int unknown = 0;
    for (const IncidentRun &run : m_follower.record().incidents()) {
        if (!m_follower.isRunning(run)) {
            continue;
        }
        if (run.scenario && !run.scenario->metrics.isEmpty()) {
            wanted.append(&run);
        } else {
            ++unknown;
        }
    }
    const qsizetype count = wanted.size();
    m_under->set(QString::number(count + unknown));
    std::stable_sort(wanted.begin(), wanted.end(), [](const IncidentRun *a, const IncidentRun *b) {
        return beganAt(*a) > beganAt(*b);
    });
    wanted = wanted.first(std::min<qsizetype>(count, MostIncidents));
    QString words;
    if (count == 0) {
        words = unknown > 0 ? tr("The target made what is in progress from a prompt: its "
                                 "metrics are not known here.")
                            : tr("Every metric of an incident appears here while it lasts.");
    } else if (count > MostIncidents) {
        words = tr("The newest %1 of %2 incidents are drawn.").arg(MostIncidents).arg(count);
    }
    if (m_noCharts->text() != words || m_noCharts->isHidden() != words.isEmpty()) {
        m_noCharts->setText(words);
        m_noCharts->setVisible(!words.isEmpty());
    }
    m_charts->setVisible(count > 0);

    const bool isSame =
        std::equal(wanted.begin(), wanted.end(), m_running.begin(), m_running.end(),
                   [](const IncidentRun *a, const auto &b) { return a->index == b->incident; });
    if (isSame) {
        return;
    }
    std::vector<std::unique_ptr<Running>> running;
    for (const IncidentRun *run : std::as_const(wanted)) {
        const auto known = std::find_if(m_running.begin(), m_running.end(), [run](const auto &one) {
            return one && one->incident == run->index;
        });
        running.push_back(known != m_running.end() ? std::move(*known)
                                                   : std::make_unique<Running>(*run, m_charts));
    }
    m_running = std::move(running);
    placeCharts();
    m_pauseMs = 0; // the new ones at once
}

void Dashboard::scaleTexts()
{
    // It may be on a projector: a larger window has larger texts, not only more room.
    const double factor =
        std::clamp(std::min(width() / OrdinaryWidth, height() / OrdinaryHeight), 1.0, LargestTexts);
    const QFont texts = resized(font(), factor);
    if (texts == m_texts) {
        return;
    }
    m_texts = texts;
    m_page->setFont(texts);
    QFont large = resized(texts, TileTexts);
    large.setBold(true);
    for (const auto &tile : m_tiles) {
        tile->number->setFont(large);
    }
}

void Dashboard::placeCharts()
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item;
    }
    const QFontMetricsF metrics(m_page->font());
    QFont bold = m_page->font();
    bold.setBold(true);
    const QFontMetricsF boldMetrics(bold);
    // As many beside each other as leave room for the longest name.
    double wide = scaled(metrics, ChartWidth);
    for (const auto &running : m_running) {
        for (const Metric &metric : running->series.scenario().metrics) {
            wide = std::max(wide, boldMetrics.horizontalAdvance(metric.name) + scaled(metrics, 20));
        }
    }
    const QMargins around = m_page->layout()->contentsMargins() + m_grid->contentsMargins();
    const double room = m_scroll->viewport()->width() - around.left() - around.right();
    const double spacing = m_grid->horizontalSpacing();
    const int columns = std::max(1, int((room + spacing) / (std::ceil(wide) + spacing)));
    int used = 1;
    int row = 0;
    for (const auto &running : m_running) {
        m_grid->addWidget(running->head.get(), row++, 0, 1, columns);
        running->head->show();
        int column = 0;
        for (const auto &chart : running->charts) {
            if (column == columns) {
                column = 0;
                ++row;
            }
            m_grid->addWidget(chart.get(), row, column++);
            chart->show();
            used = std::max(used, column);
        }
        ++row;
    }
    // Few charts are as wide as there is room.
    for (int column = 0; column < std::max(columns, m_grid->columnCount()); ++column) {
        m_grid->setColumnStretch(column, column < used ? 1 : 0);
    }
}

void Dashboard::moveCharts()
{
    if (m_sinceCharts.isValid() && m_sinceCharts.elapsed() < m_pauseMs) {
        return;
    }
    QElapsedTimer work;
    work.start();
    for (const auto &running : m_running) {
        const Duration now = m_follower.position() - running->onset;
        for (qsizetype i = 0; i < running->series.count(); ++i) {
            MetricChart &chart = *running->charts[size_t(i)];
            if (chart.isLive() && chart.visibleRegion().isEmpty()) {
                continue; // scrolled away
            }
            const Metric &metric = running->series.scenario().metrics[i];
            const MetricCurve curve =
                running->series.curve(i, running->severity, now - ChartWindow, now,
                                      std::max(1, chart.plotRect().width()));
            chart.setLive(metric.name,
                          tr("#%1 %2").arg(QString::number(running->incident + 1), running->title),
                          curve, MetricWords::technical(curve.points.last().y(), metric));
        }
    }
    m_pauseMs = work.elapsed() * RestPerWork;
    m_sinceCharts.start();
}
