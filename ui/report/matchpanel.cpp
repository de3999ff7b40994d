// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/matchpanel.h"

#include "ui/look/icons.h"
#include "ui/widgets/emptyhint.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace {

enum MatchColumn { NumberColumn, ExpectedColumn, ResultColumn, AnswerColumn };
enum Role { IndexRole = Qt::UserRole, WhatRole, ExpectedRole };

const auto None = QStringLiteral("none");

} // namespace

MatchPanel::MatchPanel(QWidget *parent)
    : QWidget(parent)
    , m_sentence(new QLabel(this))
    , m_rows(new QTreeWidget(this))
    , m_question(new QLabel(this))
    , m_answer(new QComboBox(this))
{
    m_sentence->setWordWrap(true);
    m_rows->setHeaderLabels({tr("#"), tr("Expected"), tr("Result"), tr("The responder's answer")});
    m_rows->setRootIsDecorated(false);
    m_rows->setUniformRowHeights(true);
    m_rows->setAlternatingRowColors(true);
    m_rows->setAccessibleName(tr("What was expected, and what was found"));
    m_rows->header()->setStretchLastSection(true);
    new EmptyHint(m_rows, tr("No incident of this run could be scored."));
    m_question->setBuddy(m_answer);
    m_answer->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_answer->setObjectName(QStringLiteral("answer"));
    m_answer->setMinimumContentsLength(30);
    m_answer->setAccessibleName(tr("What it is among the responder's answers"));

    auto *line = new QHBoxLayout;
    line->addWidget(m_question);
    line->addWidget(m_answer, 1);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_sentence);
    column->addWidget(m_rows, 1);
    column->addLayout(line);

    connect(m_rows, &QTreeWidget::currentItemChanged, this, &MatchPanel::showChoices);
    connect(m_answer, &QComboBox::activated, this, &MatchPanel::choose);
}

void MatchPanel::setReport(const RunReport &report)
{
    m_report = report;
    fill();
}

void MatchPanel::fill()
{
    const int kept = m_rows->indexOfTopLevelItem(m_rows->currentItem());
    const QString sentence = m_report.scoreSentence();
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
    m_rows->clear();
    const auto add = [this](const ReportIncident &incident, Judged::What what,
                            const ExpectedMatch &match, const QString &result) {
        auto *item = new QTreeWidgetItem(m_rows);
        item->setText(NumberColumn, QString::number(incident.number()));
        item->setText(ExpectedColumn, readableName(match.expected));
        item->setIcon(ExpectedColumn,
                      stateIcon(match.isFound ? IncidentState::Created : IncidentState::Skipped));
        const QString basis = matchSentence(match.basis);
        item->setText(ResultColumn, basis.isEmpty() ? result : tr("%1, %2").arg(result, basis));
        item->setText(AnswerColumn, match.text.isEmpty() ? QStringLiteral("–") : match.text);
        item->setToolTip(AnswerColumn, match.text);
        item->setData(NumberColumn, IndexRole, incident.run.index);
        item->setData(NumberColumn, WhatRole, int(what));
        item->setData(NumberColumn, ExpectedRole, match.expected);
    };
    for (const ReportIncident &incident : m_report.incidents) {
        const IncidentScore &score = incident.score;
        if (score.cause) {
            add(incident, Judged::What::Cause, *score.cause, tr("cause %1").arg(foundText(score)));
        }
        for (const ExpectedMatch &match : score.actions) {
            add(incident, Judged::What::Action, match,
                match.isFound ? tr("action proposed") : tr("action not proposed"));
        }
    }
    for (int column = 0; column < AnswerColumn; ++column) {
        m_rows->resizeColumnToContents(column);
    }
    const int rows = m_rows->topLevelItemCount();
    if (rows > 0) {
        m_rows->setCurrentItem(m_rows->topLevelItem(std::clamp(kept, 0, rows - 1)));
    }
    showChoices();
}

void MatchPanel::showChoices()
{
    const QTreeWidgetItem *item = m_rows->currentItem();
    m_answer->clear();
    m_answer->setEnabled(item);
    m_question->setEnabled(item);
    m_question->setText(tr("&Settle by hand:"));
    if (!item) {
        return;
    }
    const int index = item->data(NumberColumn, IndexRole).toInt();
    const bool isCause = item->data(NumberColumn, WhatRole).toInt() == int(Judged::What::Cause);
    const QString expected = item->data(NumberColumn, ExpectedRole).toString();
    const ReportIncident &incident = m_report.incidents[index];
    m_question->setText(
        tr("“%1” of #%2 i&s:").arg(readableName(expected), QString::number(incident.number())));
    m_answer->addItem(tr("What the words say (automatic)"), QString());
    const ExpectedMatch *match = nullptr;
    if (isCause) {
        match = &*incident.score.cause;
        for (const Hypothesis &hypothesis : incident.hypotheses) {
            m_answer->addItem(tr("%1. %2")
                                  .arg(hypothesis.rank)
                                  .arg(hypothesis.description.isEmpty() ? hypothesis.category
                                                                        : hypothesis.description),
                              hypothesis.id);
        }
    } else {
        for (const ExpectedMatch &action : incident.score.actions) {
            if (action.expected == expected) {
                match = &action;
            }
        }
        for (const ResponderAction &action : incident.actions) {
            m_answer->addItem(action.name, action.id);
        }
    }
    m_answer->addItem(tr("None of them"), None);
    if (match && match->basis == MatchBasis::Hand) {
        m_answer->setCurrentIndex(m_answer->findData(match->isFound ? match->id : None));
    }
}

void MatchPanel::choose(int entry)
{
    const QTreeWidgetItem *item = m_rows->currentItem();
    if (!item) {
        return;
    }
    Judged judged;
    judged.index = item->data(NumberColumn, IndexRole).toInt();
    judged.what = Judged::What(item->data(NumberColumn, WhatRole).toInt());
    judged.expected = item->data(NumberColumn, ExpectedRole).toString();
    judged.match = m_answer->itemData(entry).toString();
    Q_EMIT settled(judged);
}
