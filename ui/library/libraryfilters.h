// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/library/libraryentry.h"
#include "ui/library/librarymodel.h"

#include <QWidget>
#include <array>

class ChipButton;
class QComboBox;
class QVBoxLayout;

/** The buttons and boxes that narrow the library down. */
class LibraryFilters : public QWidget
{
    Q_OBJECT

public:
    explicit LibraryFilters(QWidget *parent = nullptr);

    /** Shows a row between the boxes and the tags. */
    void addAboveTags(QWidget *row);
    /** Offers the services and tags of the groups; what is chosen stays if they have it. */
    void offer(const QList<LibraryGroup> &groups);
    /** Whether severities are asked for; hidden, they narrow nothing down. */
    void setSeveritiesShown(bool shown);
    /** Whether the difficulty is asked for; hidden, it narrows nothing down. */
    void setDifficultyShown(bool shown);
    /** Returns what is chosen, without any text. */
    LibraryQuery query() const;

Q_SIGNALS:
    /** Something else is chosen. */
    void changed();

private:
    std::array<ChipButton *, 4> m_severities{};
    QComboBox *m_difficulty = nullptr;
    QComboBox *m_service = nullptr;
    ChipButton *m_favouritesOnly = nullptr;
    QWidget *m_tagBox = nullptr;
    QVBoxLayout *m_rows = nullptr;
};
