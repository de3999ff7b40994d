// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/livemetrics.h"

#include "app/run/stageplan.h"
#include "ui/dashboard/livemetriccard.h"
#include "ui/look/text.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

LiveMetrics::LiveMetrics(QWidget *parent)
    : QWidget(parent)
    , m_page(new QWidget)
    , m_column(new QVBoxLayout(m_page))
    , m_scroll(new QScrollArea(this))
    , m_empty(new QLabel(this))
{
    const QFontMetricsF metrics(font());
    const int gap = scaledInt(metrics, 6);
    auto *title = new QLabel(tr("Live metrics"), this);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    auto *what = new QLabel(tr("simulated values, last 5 min"), this);
    what->setForegroundRole(QPalette::PlaceholderText);
    auto *head = new QHBoxLayout;
    head->addWidget(title);
    head->addStretch();
    head->addWidget(what);

    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(gap);
    m_column->addStretch(1);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_page);
    m_scroll->setAccessibleName(title->text());
    m_scroll->viewport()->setAutoFillBackground(false);
    m_page->setAutoFillBackground(false);

    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addLayout(head);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_empty, 1);
    setAccessibleName(title->text());
    connect(&m_follower, &RunFollower::moved, this, &LiveMetrics::refresh);
    refresh();
}

LiveMetrics::~LiveMetrics() = default;

QSize LiveMetrics::sizeHint() const
{
    const QFontMetricsF metrics(font());
    return {scaledInt(metrics, 300), scaledInt(metrics, 240)};
}

void LiveMetrics::setRun(const RunRecord &record)
{
    m_follower.setRun(record);
}

void LiveMetrics::setPosition(double timelineMs, double elapsedMs)
{
    m_follower.setPosition(positionFromMilliseconds(timelineMs), ageFromMilliseconds(elapsedMs));
}

QList<int> LiveMetrics::incidents() const
{
    QList<int> shown;
    for (int i = 0; i < m_column->count(); ++i) {
        if (auto *card = qobject_cast<LiveMetricCard *>(m_column->itemAt(i)->widget())) {
            shown.append(card->incident());
        }
    }
    return shown;
}

void LiveMetrics::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void LiveMetrics::refresh()
{
    if (!isVisible()) {
        return; // all of it is made anew when it is shown
    }
    const RunRecord &record = m_follower.record();
    if (record.runId() != m_runId) {
        m_runId = record.runId();
        m_cards.clear();
    }
    const auto hasMetrics = [](const IncidentRun &run) {
        return run.scenario && !run.scenario->metrics.isEmpty();
    };
    for (auto card = m_cards.begin(); card != m_cards.end();) {
        const IncidentRun &run = record.incidents()[card->first];
        card = m_follower.isRunning(run) && hasMetrics(run) ? std::next(card) : m_cards.erase(card);
    }
    QList<const IncidentRun *> running;
    int unknown = 0;
    for (const IncidentRun &run : record.incidents()) {
        if (!m_follower.isRunning(run)) {
            continue;
        }
        if (hasMetrics(run)) {
            running.append(&run);
        } else {
            ++unknown;
        }
    }
    std::stable_sort(
        running.begin(), running.end(),
        [](const IncidentRun *a, const IncidentRun *b) { return beganAt(*a) > beganAt(*b); });
    for (int place = 0; place < int(running.size()); ++place) {
        const IncidentRun &run = *running[place];
        std::unique_ptr<LiveMetricCard> &card = m_cards[run.index];
        if (!card) {
            card = std::make_unique<LiveMetricCard>(run, m_page);
        }
        if (m_column->indexOf(card.get()) != place) {
            m_column->removeWidget(card.get());
            m_column->insertWidget(place, card.get());
            card->show();
        }
        card->setSinceOnset(toMilliseconds(m_follower.position() - beganAt(run)));
    }
    const bool isEmpty = running.isEmpty();
    m_scroll->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    if (isEmpty) {
        m_empty->setText(unknown > 0
                             ? tr("What runs was made by the target from a prompt: its metrics are "
                                  "not known here.")
                             : tr("The metrics of each incident appear here while it lasts."));
    }
}
