// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audience/audiencewindow.h"

#include "ui/charts/metricwords.h"
#include "ui/settings/windowsettings.h"
#include "ui/widgets/spoken.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QScreen>
#include <QWindow>

#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace {

constexpr qsizetype MostCharts = 3;
constexpr int CursorRest = 2000;
constexpr int BeforeInterval = 200;
constexpr double PartOfWindow = 0.82; ///< the oldest that the onset may get in it
constexpr std::array<Duration, 8> Windows{2min, 5min, 10min, 30min, 1h, 2h, 6h, 24h};

QString appearanceKey()
{
    return QStringLiteral("audience/appearance");
}

QString curtainKey()
{
    return QStringLiteral("audience/curtain");
}

QString nextKey()
{
    return QStringLiteral("audience/next");
}

/** As much of the past as leaves the onset in sight. */
Duration windowFor(Duration sinceOnset)
{
    for (const Duration window : Windows) {
        if (sinceOnset <= window * PartOfWindow) {
            return window;
        }
    }
    return Windows.back();
}

} // namespace

AudienceWindow::AudienceWindow(QWidget *parent)
    : QWidget(parent, Qt::Window)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(320, 180);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    const QSettings settings = windowSettings();
    const QString appearance = settings.value(appearanceKey()).toString();
    m_appearance = appearance == u"light"    ? AudienceAppearance::Light
                   : appearance == u"window" ? AudienceAppearance::AsWindow
                                             : AudienceAppearance::Dark;
    m_options.showsNext = settings.value(nextKey(), true).toBool();
    m_curtainLine = settings.value(curtainKey()).toString();
    connect(&m_follower, &RunFollower::moved, this, &AudienceWindow::refresh);
    m_beforeTimer.setInterval(BeforeInterval);
    connect(&m_beforeTimer, &QTimer::timeout, this, &AudienceWindow::refresh);
    m_cursorTimer.setSingleShot(true);
    m_cursorTimer.setInterval(CursorRest);
    connect(&m_cursorTimer, &QTimer::timeout, this, [this] { updateCursor(false); });
    setWindowTitle(tr("Audience view"));
}

QSize AudienceWindow::sizeHint() const
{
    return {1280, 720};
}

const Theme &AudienceWindow::theme() const
{
    const bool isDark = m_appearance == AudienceAppearance::AsWindow
                            ? Theme::of(palette()).dark
                            : m_appearance == AudienceAppearance::Dark;
    return Theme::stage(isDark);
}

void AudienceWindow::setRun(const RunRecord &record)
{
    const bool isOver = record.state() == RunState::Finished || record.state() == RunState::Stopped;
    if (record.runId() != m_follower.record().runId() || !isOver) {
        m_isEndWanted = false;
    }
    m_follower.setRun(record);
}

void AudienceWindow::setPosition(TimelinePosition position, RunAge age)
{
    m_follower.setPosition(position, age);
}

void AudienceWindow::setTitle(const QString &title)
{
    m_options.title = title;
    refresh();
}

void AudienceWindow::setBeginning(const QDateTime &beginning)
{
    m_options.beginning = beginning;
    refresh();
}

bool AudienceWindow::canShowEnd() const
{
    const RunState state = m_follower.record().state();
    return (state == RunState::Finished || state == RunState::Stopped) && !m_isEndWanted &&
           (m_isHeld || !m_follower.isOver());
}

void AudienceWindow::setHeld(bool held)
{
    if (held == m_isHeld) {
        return;
    }
    m_isHeld = held;
    refresh();
}

void AudienceWindow::showEnd()
{
    m_isEndWanted = true;
    refresh();
}

void AudienceWindow::setCurtain(bool isDrawn)
{
    if (isDrawn == m_isCurtainDrawn) {
        return;
    }
    m_isCurtainDrawn = isDrawn;
    refresh();
    update();
    Q_EMIT shownChanged();
}

void AudienceWindow::setCurtainLine(const QString &line)
{
    m_curtainLine = line.simplified();
    windowSettings().setValue(curtainKey(), m_curtainLine);
    describe();
    update();
}

void AudienceWindow::setShowsNext(bool shows)
{
    m_options.showsNext = shows;
    windowSettings().setValue(nextKey(), shows);
    refresh();
    update();
}

void AudienceWindow::setAppearance(AudienceAppearance appearance)
{
    m_appearance = appearance;
    windowSettings().setValue(
        appearanceKey(), appearance == AudienceAppearance::Light      ? QStringLiteral("light")
                         : appearance == AudienceAppearance::AsWindow ? QStringLiteral("window")
                                                                      : QStringLiteral("dark"));
    update();
}

void AudienceWindow::showOn(QScreen *screen, bool isFilling)
{
    if (!screen) {
        screen = this->screen();
    }
    if (isFilling) {
        if (isFullScreen() && this->screen() == screen && isVisible()) {
            return;
        }
        // A window that is moved while it fills a screen stays on the old one with some managers.
        if (isFullScreen()) {
            setWindowState(windowState() & ~Qt::WindowFullScreen);
        }
        setScreen(screen);
        setGeometry(screen->geometry());
        showFullScreen();
    } else {
        if (isFullScreen()) {
            setWindowState(windowState() & ~Qt::WindowFullScreen);
        }
        const QRect room = screen->availableGeometry();
        const QSize size = sizeHint().boundedTo(room.size() * 3 / 4);
        setScreen(screen);
        setGeometry(QRect(room.center() - QPoint(size.width() / 2, size.height() / 2), size));
        showNormal();
    }
    raise();
}

void AudienceWindow::refresh()
{
    if (!isVisible()) {
        m_beforeTimer.stop();
        m_charts.clear();
        return; // all of it is told anew when it is shown
    }
    m_options.isOver = m_isEndWanted || (m_follower.isOver() && !m_isHeld);
    const AudienceContent before = m_content;
    m_content = audienceContent(m_follower.record(), m_follower.position(), m_options);
    const bool isCounting =
        m_content.phase == AudienceContent::Phase::Before && m_options.beginning.isValid();
    if (isCounting != m_beforeTimer.isActive()) {
        isCounting ? m_beforeTimer.start() : m_beforeTimer.stop();
    }
    computeCharts();
    follow(before);
}

void AudienceWindow::describe()
{
    // Behind the curtain nothing is told, neither on the screen nor aloud.
    setSpokenDescription(this, !m_isCurtainDrawn ? m_content.spoken()
                               : m_curtainLine.isEmpty()
                                   ? m_content.title
                                   : m_content.title + QStringLiteral(". ") + m_curtainLine);
}

void AudienceWindow::follow(const AudienceContent &before)
{
    const QString title = tr("Audience view: %1").arg(m_content.title);
    if (windowTitle() != title) {
        setWindowTitle(title);
        setSpokenName(this, title);
    }
    describe();
    if (m_isCurtainDrawn) {
        m_layout = AudienceLayout(size(), int(m_charts.size()));
        if (m_content.title != before.title) {
            update();
        }
        return;
    }

    const AudienceContent &now = m_content;
    const int charts = int(m_charts.size());
    const bool isOther = now.phase != before.phase || now.title != before.title ||
                         now.current != before.current || charts != m_layout.charts().size() ||
                         now.phase != AudienceContent::Phase::Running;
    if (isOther) {
        m_layout = AudienceLayout(size(), charts);
        const bool isStill = now.phase != AudienceContent::Phase::Running &&
                             now.phase == before.phase && now.title == before.title &&
                             now.beginsIn == before.beginsIn &&
                             now.beginsWhen == before.beginsWhen && now.totals == before.totals &&
                             now.findings == before.findings && now.counts == before.counts;
        if (!isStill) {
            update();
        }
        return;
    }
    if (now.clock != before.clock || now.counts != before.counts) {
        update(m_layout.pixels(m_layout.header()));
    }
    if (now.where != before.where || now.headline != before.headline ||
        now.narration != before.narration || now.responder != before.responder) {
        update(m_layout.pixels(m_layout.incident()));
    }
    if (now.sinceOnset != before.sinceOnset) {
        update(m_layout.pixels(m_layout.chartRow()));
    }
    const auto isSame = [](const AudienceContent::Card &a, const AudienceContent::Card &b) {
        return a.index == b.index && a.facts == b.facts && a.isCurrent == b.isCurrent;
    };
    const bool hasSameCards = std::equal(now.cards.begin(), now.cards.end(), before.cards.begin(),
                                         before.cards.end(), isSame);
    if (!hasSameCards || now.next != before.next || now.nextIn != before.nextIn) {
        update(m_layout.pixels(m_layout.slotRow()));
    }
}

void AudienceWindow::computeCharts()
{
    const QList<IncidentRun> &incidents = m_follower.record().incidents();
    const bool hasCurrent =
        m_content.phase == AudienceContent::Phase::Running && m_content.current >= 0;
    const std::shared_ptr<const Scenario> scenario =
        hasCurrent ? incidents[m_content.current].scenario : nullptr;
    // Several incidents of a run may be of one scenario.
    const int current = scenario ? m_content.current : -1;
    if (scenario != m_scenario || current != m_seriesOf) {
        m_scenario = scenario;
        m_seriesOf = current;
        m_series.reset();
        m_metrics.clear();
        if (scenario) {
            const IncidentRun &run = incidents[m_content.current];
            m_series = std::make_unique<LiveSeries>(scenario, run.seed, run.duration);
            m_metrics = m_series->telling(MostCharts);
        }
    }
    m_charts.clear();
    if (!m_series || m_isCurtainDrawn) {
        return;
    }
    const Duration now = m_content.sinceOnset;
    const Duration from = now - windowFor(now);
    const int pixels = int(m_layout.scale() * m_layout.size().width()) /
                       int(std::max<qsizetype>(1, m_metrics.size()));
    for (const qsizetype index : std::as_const(m_metrics)) {
        const Metric &metric = m_series->scenario().metrics[index];
        AudienceChart chart;
        chart.name = MetricWords::name(metric);
        chart.unit = MetricWords::unit(metric);
        chart.number = MetricWords::number(m_series->valueAt(index, now), metric);
        chart.valueLabel = MetricWords::number(metric.value, metric);
        chart.baselineLabel =
            tr("usual %1", "a metric's value").arg(MetricWords::number(metric.baseline, metric));
        chart.curve = m_series->curve(index, m_content.severity, from, now, pixels);
        m_charts.append(chart);
    }
}

void AudienceWindow::paintEvent(QPaintEvent *event)
{
    const Theme &ink = theme();
    QPainter painter(this);
    painter.fillRect(event->rect(), ink.window);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.scale(m_layout.scale(), m_layout.scale());
    const AudiencePainter stage(&painter, m_layout, ink, font());
    const auto isSeen = [&](const QRectF &part) {
        return event->region().intersects(m_layout.pixels(part));
    };
    if (m_isCurtainDrawn) {
        stage.paintCurtain(m_content.title, m_curtainLine);
        return;
    }
    switch (m_content.phase) {
    case AudienceContent::Phase::Before:
        stage.paintBeginning(m_content);
        break;
    case AudienceContent::Phase::Over:
        stage.paintEnd(m_content);
        break;
    case AudienceContent::Phase::Running:
        if (isSeen(m_layout.header())) {
            stage.paintHeader(m_content);
        }
        if (isSeen(m_layout.incident())) {
            stage.paintIncident(m_content, !m_charts.isEmpty());
        }
        for (qsizetype i = 0; i < m_charts.size(); ++i) {
            if (isSeen(m_layout.charts()[i])) {
                stage.paintChart(m_layout.charts()[i], m_charts[i]);
            }
        }
        if (isSeen(m_layout.slotRow())) {
            stage.paintPlaces(m_content);
        }
        break;
    }
}

void AudienceWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_layout = AudienceLayout(size(), int(m_charts.size()));
    update();
}

bool AudienceWindow::event(QEvent *event)
{
    // Only the keys that were given to this window mean something here, and its own come first: Esc
    // leads to the operator, and stops nothing.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *typed = static_cast<QKeyEvent *>(event);
        const QKeySequence keys(typed->keyCombination());
        const QList<QAction *> given = actions();
        const bool isGiven = std::any_of(given.begin(), given.end(), [&](const QAction *action) {
            return action->shortcuts().contains(keys);
        });
        if (!isGiven || typed->key() == Qt::Key_Escape || typed->key() == Qt::Key_F11) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void AudienceWindow::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        Q_EMIT operatorWanted();
        break;
    case Qt::Key_F11:
        showOn(nullptr, !isFullScreen());
        break;
    default:
        event->accept(); // and goes nowhere
    }
}

void AudienceWindow::mouseMoveEvent(QMouseEvent *event)
{
    QWidget::mouseMoveEvent(event);
    updateCursor(true);
}

void AudienceWindow::mouseDoubleClickEvent(QMouseEvent *event)
{
    QWidget::mouseDoubleClickEvent(event);
    showOn(nullptr, !isFullScreen());
}

void AudienceWindow::updateCursor(bool isMoving)
{
    if (!isMoving && isFullScreen()) {
        setCursor(Qt::BlankCursor);
        return;
    }
    unsetCursor();
    m_cursorTimer.start();
}

void AudienceWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        update();
    }
    if (event->type() == QEvent::WindowStateChange) {
        updateCursor(true);
        Q_EMIT shownChanged();
    }
}

void AudienceWindow::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
    Q_EMIT shownChanged();
}

void AudienceWindow::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    refresh();
    Q_EMIT shownChanged();
}
