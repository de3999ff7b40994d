// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/operatorview.h"

#include "ui/look/text.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/incidenttable.h"
#include "ui/player/livebuttons.h"
#include "ui/player/runbars.h"
#include "ui/player/runlogview.h"
#include "ui/player/runsession.h"
#include "ui/player/stagecard.h"
#include "ui/timeline/timelineview.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <algorithm>
#include <utility>

namespace {

/** Of the column at the right, in windows of three widths. */
constexpr int WideSide = 400;
constexpr int UsualSide = 360;
constexpr int NarrowSide = 270;
constexpr int WideFrom = 1380;
constexpr int UsualFrom = 1180;
/** Of a view so high that card, buttons and stack have their full heights. */
constexpr int HighFrom = 720;
/** In a lower one there is no room for the timeline: the table says the same. */
constexpr int StripFrom = 530;
/** Of the message stack, in views of three heights. */
constexpr int HighRows = 3;
constexpr int LowRows = 2;
constexpr int TightRows = 1;
constexpr int HighGap = 10;
constexpr int LowGap = 6;
/** Rows of the table that are always in sight, with its header. */
constexpr int TableRows = 3;
constexpr int LeastTableRows = 2;
/** In milliseconds: so long a row that the user chose is not taken from them. */
constexpr int ChosenFor = 10000;

/** All incidents in one line, each as long as it is until the next one comes, by its number. */
TimelineScene folded(TimelineScene scene)
{
    std::vector<int> byTime(scene.blocks.size());
    for (size_t i = 0; i < byTime.size(); ++i) {
        byTime[i] = int(i);
    }
    std::stable_sort(byTime.begin(), byTime.end(), [&](int a, int b) {
        return scene.blocks[size_t(a)].start < scene.blocks[size_t(b)].start;
    });
    for (size_t i = 0; i < byTime.size(); ++i) {
        SceneBlock &block = scene.blocks[size_t(byTime[i])];
        const auto next = i + 1 < byTime.size() ? scene.blocks[size_t(byTime[i + 1])].start
                                                : std::max(scene.duration, block.start);
        block.duration = next - block.start;
        block.lane = 0;
        block.title =
            OperatorView::tr("%1 %2", "a number and a title").arg(byTime[i] + 1).arg(block.title);
    }
    SceneLane all;
    all.service = OperatorView::tr("All services");
    all.count = int(scene.blocks.size());
    scene.lanes = {all};
    return scene;
}

} // namespace

OperatorView::OperatorView(RunSession &session, RunActions &actions, IncidentTableModel *model,
                           QItemSelectionModel *selection, RunLogModel *log, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(*model)
    , m_card(new StageCard(session, actions, this))
    , m_buttons(new LiveButtons(session, actions, Qt::Horizontal, this))
    , m_strip(new TimelineView(this))
    , m_table(new IncidentTable(model, selection, this))
    , m_log(new RunLogView(log, this))
    , m_side(new QWidget(this))
{
    setObjectName(QStringLiteral("operatorView"));
    m_table->setObjectName(QStringLiteral("showIncidents"));
    m_table->setFrameShape(QFrame::StyledPanel);
    m_log->setObjectName(QStringLiteral("showLog"));
    makeStrip(selection);
    makeColumns();

    connect(m_card, &StageCard::linkClicked, this, &OperatorView::linkClicked);
    connect(m_table, &IncidentTable::linkClicked, this, &OperatorView::linkClicked);
    connect(m_table, &IncidentTable::rowActivated, this, &OperatorView::rowActivated);
    connect(m_table, &IncidentTable::menuRequested, this, &OperatorView::menuRequested);
    connect(m_log, &RunLogView::incidentChosen, m_strip, [this](int row) {
        m_strip->selection().setCurrent(row);
        m_strip->scroll().ensureVisible(row);
    });
    connect(model, &IncidentTableModel::sceneReset, this, [this] { takeScene(true); });
    connect(model, &IncidentTableModel::sceneChanged, this, [this] { takeScene(false); });
    connect(model, &IncidentTableModel::titlesChanged, m_strip,
            [this](const std::vector<int> &rows) {
                if (m_isFolded) { // where a title begins with its number
                    m_strip->updateTitles(folded(m_model.scene()), rows);
                } else {
                    m_strip->updateTitles(m_model.scene(), rows);
                }
            });
    connect(model, &IncidentTableModel::dataChanged, this, &OperatorView::takeStates);
    connect(&session, &RunSession::ticked, this,
            [this] { m_strip->setPlayhead(m_session.position()); });
    connect(&session, &RunSession::changed, this, [this] {
        m_strip->controller().setJumping(m_session.isOpen() &&
                                         m_session.state() != RunState::Preparing);
        const bool hasRun = m_session.state() != RunState::Idle;
        if (hasRun != m_hasRun) {
            m_hasRun = hasRun;
            takeScene(false);
        }
        m_table->setRunShown(hasRun);
        m_strip->setLive(hasRun);
        fit();
    });
    connect(&session, &RunSession::ticked, this, &OperatorView::followStage);
    m_chosen.setSingleShot(true);
    m_chosen.setInterval(ChosenFor);
    connect(selection, &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.row() != m_followed) {
                    m_chosen.start();
                }
            });
    takeScene(true);
}

QSize OperatorView::minimumSizeHint() const
{
    const QFontMetricsF metrics(font());
    return {scaledInt(metrics, 880), scaledInt(metrics, 400)};
}

void OperatorView::makeStrip(QItemSelectionModel *selection)
{
    // Without a document it only shows.
    m_strip->setObjectName(QStringLiteral("strip"));
    m_strip->setAccessibleName(tr("Timeline of the show"));
    m_strip->selection().setModel(selection);
    m_strip->setOverviewShown(false);
    m_strip->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_strip->setFocusPolicy(Qt::StrongFocus);
    connect(m_strip, &TimelineView::activated, this, &OperatorView::rowActivated);
    connect(m_strip, &TimelineView::jumpRequested, this, &OperatorView::jumpRequested);
    connect(m_strip, &TimelineView::hint, this, &OperatorView::hinted);
    connect(m_strip, &TimelineView::contextMenuRequested, this,
            [this](const QPoint &position, int row) {
                if (row >= 0) {
                    Q_EMIT menuRequested(position, row);
                }
            });
}

void OperatorView::makeColumns()
{
    const QFontMetricsF metrics(font());
    m_left = new QVBoxLayout;
    m_left->setContentsMargins(0, 0, 0, 0);
    m_left->addWidget(m_card);
    m_left->addWidget(m_buttons);
    m_left->addWidget(m_strip, 100); // as high as it may be; the table has the rest
    m_left->addWidget(m_table, 1);

    m_right = new QVBoxLayout(m_side);
    m_right->setContentsMargins(0, 0, 0, 0);
    m_right->setSpacing(scaledInt(metrics, 6));
    addPanel(tr("Run log"), m_log, 2);
    m_panels = 0; // the others come before it
    m_log->setFrameShape(QFrame::StyledPanel);
    m_log->setMinimumHeight(scaledInt(metrics, 60));

    auto *row = new QHBoxLayout(this);
    row->setSpacing(scaledInt(metrics, 14));
    row->addLayout(m_left, 1);
    row->addWidget(m_side);
}

void OperatorView::addPanel(const QString &title, QWidget *panel, int stretch)
{
    auto *box = new QWidget(m_side);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaledInt(QFontMetricsF(font()), 6));
    if (!title.isEmpty()) {
        auto *name = new QLabel(title, box);
        QFont bold = name->font();
        bold.setWeight(QFont::DemiBold);
        name->setFont(bold);
        column->addWidget(name);
    }
    column->addWidget(panel, 1);
    if (stretch == 0) {
        panel->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    } else if (panel != m_log) {
        m_growing.append(box);
    }
    m_right->insertWidget(m_panels++, box, stretch);
}

void OperatorView::takeBars(RunBars *bars)
{
    m_bars = bars;
    m_left->insertWidget(m_left->indexOf(m_table), bars);
    fit();
}

TimelineScene OperatorView::stripScene() const
{
    return m_isFolded ? folded(m_model.scene()) : m_model.scene();
}

void OperatorView::takeScene(bool anew)
{
    if (anew) {
        m_strip->setScene(stripScene());
        m_strip->setCompact(true);
        m_followed = -1;
    } else {
        m_strip->updateScene(stripScene());
    }
    for (int row = 0; row < m_model.rowCount(); ++row) {
        m_strip->setState(row, m_model.stateOf(row));
    }
    fit();
}

bool OperatorView::isUsersTable() const
{
    return m_table->underMouse() || m_table->isAncestorOf(QApplication::focusWidget()) ||
           m_chosen.isActive();
}

void OperatorView::followStage()
{
    const int row = m_session.outlook().onStage();
    if (row == m_followed || row < 0 || row >= m_model.rowCount() || !isVisible()) {
        return;
    }
    if (isUsersTable()) {
        return; // looked at again with the next tick
    }
    m_followed = row;
    m_strip->selection().setCurrent(row);
    m_table->scrollTo(m_model.index(row, 0), QAbstractItemView::PositionAtCenter);
}

void OperatorView::takeStates(const QModelIndex &first, const QModelIndex &last)
{
    for (int row = first.row(); row <= last.row(); ++row) {
        m_strip->setState(row, m_model.stateOf(row));
    }
}

void OperatorView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void OperatorView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fit();
}

void OperatorView::fit()
{
    const QFontMetricsF metrics(font());
    const auto wide = [&](int from) { return width() >= scaledInt(metrics, from); };
    m_side->setFixedWidth(scaledInt(metrics, wide(WideFrom)    ? WideSide
                                             : wide(UsualFrom) ? UsualSide
                                                               : NarrowSide));
    const bool isHigh = height() >= scaledInt(metrics, HighFrom);
    m_card->setTall(isHigh);
    m_buttons->setTall(isHigh);
    const int gap = scaledInt(metrics, isHigh ? HighGap : LowGap);
    m_left->setSpacing(gap);
    layout()->setContentsMargins(scaledInt(metrics, HighGap), gap, scaledInt(metrics, HighGap),
                                 gap);
    const bool hasStrip = height() >= scaledInt(metrics, StripFrom);
    if (m_bars && m_bars->parentWidget() == this) {
        m_bars->setRows(isHigh ? HighRows : hasStrip ? LowRows : TightRows, true);
    }
    m_table->setMinimumHeight(m_table->heightOf(hasStrip ? TableRows : LeastTableRows));
    if (!hasStrip && m_strip->hasFocus()) {
        m_table->setFocus();
    }
    m_strip->setVisible(hasStrip);
    for (QWidget *panel : std::as_const(m_growing)) {
        panel->setVisible(hasStrip);
    }
    if (m_isFolded == isHigh && isVisible()) {
        m_isFolded = !isHigh;
        m_strip->setFolded(m_isFolded);
        takeScene(false); // which comes back here
        return;
    }
    if (m_isFolded) {
        m_strip->setFixedHeight(m_strip->fullHeight());
        return;
    }
    // All lanes, as long as the table keeps a few rows.
    m_strip->setMinimumHeight(scaledInt(metrics, 72));
    const int most = std::max(scaledInt(metrics, 96), height() * 3 / 10);
    m_strip->setMaximumHeight(std::clamp(m_strip->fullHeight(), scaledInt(metrics, 96), most));
}
