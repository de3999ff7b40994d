// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/operatorview.h"

#include "ui/models/incidenttablemodel.h"
#include "ui/player/incidenttable.h"
#include "ui/player/livebuttons.h"
#include "ui/player/nextcard.h"
#include "ui/player/runbars.h"
#include "ui/player/runlogview.h"
#include "ui/player/runsession.h"
#include "ui/text.h"
#include "ui/timeline/timelineview.h"

#include <QHBoxLayout>
#include <QJsonObject>
#include <QLabel>
#include <algorithm>

namespace {

constexpr int SideWidth = 400;
constexpr int NarrowSide = 325;
/** Of a window so high that the countdown has its full size. */
constexpr int HighEnough = 780;
constexpr qreal FullCountdown = 8.7;
constexpr qreal SmallCountdown = 5;

} // namespace

OperatorView::OperatorView(RunSession &session, RunActions &actions, IncidentTableModel *model,
                           QItemSelectionModel *selection, RunLogModel *log, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(*model)
    , m_card(new NextCard(session, NextCard::Form::Wide, this))
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

    connect(m_table, &IncidentTable::linkClicked, this, &OperatorView::linkClicked);
    connect(m_table, &IncidentTable::rowActivated, this, &OperatorView::rowActivated);
    connect(m_table, &IncidentTable::menuRequested, this, &OperatorView::menuRequested);
    connect(m_log, &RunLogView::incidentChosen, m_strip, [this](int row) {
        m_strip->setCurrentIndex(row);
        m_strip->ensureVisible(row);
    });
    connect(model, &IncidentTableModel::sceneReset, this, [this] { takeScene(true); });
    connect(model, &IncidentTableModel::sceneChanged, this, [this] { takeScene(false); });
    connect(model, &IncidentTableModel::titlesChanged, m_strip,
            [this](const std::vector<int> &rows) { m_strip->updateTitles(m_model.scene(), rows); });
    connect(&session, &RunSession::recorded, this, &OperatorView::takeRecord);
    connect(&session, &RunSession::ticked, this,
            [this] { m_strip->setPlayhead(m_session.positionMs()); });
    connect(&session, &RunSession::changed, this, [this] {
        m_strip->setJumping(m_session.isOpen() && m_session.state() != RunState::Preparing);
        const bool hasRun = m_session.state() != RunState::Idle;
        if (m_table->isColumnHidden(IncidentTableModel::Late) == hasRun)
            takeScene(false);
        m_table->setRunShown(hasRun);
        m_strip->setLive(hasRun);
        fit();
    });
    takeScene(true);
}

void OperatorView::makeStrip(QItemSelectionModel *selection)
{
    // Without a document it only shows.
    m_strip->setObjectName(QStringLiteral("strip"));
    m_strip->setAccessibleName(tr("Timeline of the show"));
    m_strip->setSelectionModel(selection);
    m_strip->setOverviewShown(false);
    m_strip->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_strip->setFocusPolicy(Qt::StrongFocus);
    connect(m_strip, &TimelineView::activated, this, &OperatorView::rowActivated);
    connect(m_strip, &TimelineView::jumpRequested, this, &OperatorView::jumpRequested);
    connect(m_strip, &TimelineView::hint, this, &OperatorView::hinted);
    connect(m_strip, &TimelineView::contextMenuRequested, this,
            [this](const QPoint &position, int row) {
                if (row >= 0)
                    Q_EMIT menuRequested(position, row);
            });
}

void OperatorView::makeColumns()
{
    const QFontMetricsF metrics(font());
    const int gap = scaledInt(metrics, 10);
    m_left = new QVBoxLayout;
    m_left->setContentsMargins(0, 0, 0, 0);
    m_left->setSpacing(gap);
    m_left->addWidget(m_card);
    m_left->addWidget(m_buttons);
    m_left->addWidget(m_strip, 100); // as high as it may be; the table has the rest
    m_left->addWidget(m_table, 1);
    m_strip->setMinimumHeight(scaledInt(metrics, 72));
    m_table->setMinimumHeight(scaledInt(metrics, 90));

    m_right = new QVBoxLayout(m_side);
    m_right->setContentsMargins(0, 0, 0, 0);
    m_right->setSpacing(scaledInt(metrics, 6));
    addPanel(tr("Run log"), m_log, 2);
    m_panels = 0; // the others come before it
    m_log->setFrameShape(QFrame::StyledPanel);
    m_log->setMinimumHeight(scaledInt(metrics, 60));

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(gap, gap, gap, gap);
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
    m_right->insertWidget(m_panels++, box, stretch);
}

void OperatorView::takeBars(RunBars *bars)
{
    m_left->insertWidget(m_left->indexOf(m_table), bars);
}

void OperatorView::takeScene(bool anew)
{
    if (anew) {
        m_strip->setScene(m_model.scene());
        m_strip->setCompact(true);
    } else {
        m_strip->updateScene(m_model.scene());
    }
    for (int row = 0; row < m_model.rowCount(); ++row)
        m_strip->setState(row, m_model.stateOf(row));
    fit();
}

void OperatorView::takeRecord(const QJsonObject &record)
{
    const int row = record.value(u"index").toInt(-1);
    if (row >= 0)
        m_strip->setState(row, m_model.stateOf(row));
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
    const bool isWide = width() >= scaledInt(metrics, 1380);
    m_side->setFixedWidth(scaledInt(metrics, isWide ? SideWidth : NarrowSide));
    const bool isHigh = height() >= scaledInt(metrics, HighEnough);
    m_card->setCountdownFactor(isHigh ? FullCountdown : SmallCountdown);
    // When all is over, what came of it needs the room; before, no button may move under a hand.
    const bool isOver = !m_session.isActive() && m_session.nextIndex() < 0;
    m_card->setMinimumHeight(scaledInt(metrics, isOver ? 84 : isHigh ? 252 : 176));
    // All lanes, as long as the table keeps a few rows.
    const int most = std::max(scaledInt(metrics, 96), height() * 3 / 10);
    m_strip->setMaximumHeight(std::clamp(m_strip->fullHeight(), scaledInt(metrics, 96), most));
}
