// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/livelook.h"

#include <QWidget>

class ElidedLabel;
class HistoryMenu;
class QPushButton;
class VariantSet;

/** The foot of a prompt editor: what it has cost, and what can become of the shown variant. */
class AcceptBar : public QWidget
{
    Q_OBJECT

public:
    explicit AcceptBar(QWidget *parent = nullptr);

    /** What can be done with the shown variant. */
    struct Offer
    {
        QString action; ///< what accepting it does
        QString why;    ///< it is not as it could be, or cannot be accepted
        InkOf ink;      ///< of `why`
        bool canAccept = false;
        bool isWrong = false; ///< it can be accepted all the same
        bool canSave = false;
    };
    void setOffer(const Offer &offer);
    /** Says what all variants have cost, and what the one of that index has; -1 for none. */
    void showCost(const VariantSet &variants, int current);
    /** Is to be filled whenever it is about to show. */
    HistoryMenu *history() const { return m_history; }

Q_SIGNALS:
    void acceptRequested();
    void acceptAnywayRequested();
    void saveRequested();
    void discardRequested();

private:
    void makeButtons();
    void connectButtons();

    ElidedLabel *m_cost;
    ElidedLabel *m_why;
    QPushButton *m_past;
    HistoryMenu *m_history;
    QPushButton *m_discard;
    QPushButton *m_save;
    QPushButton *m_anyway;
    QPushButton *m_accept;
};
