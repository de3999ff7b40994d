// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/library/libraryentry.h"

#include <QScrollArea>

class MetricChart;
class QLabel;
class QVBoxLayout;

/** Shows one entry of the library whole: its words, its metrics and how they will move. */
class LibraryPreview : public QScrollArea
{
    Q_OBJECT

public:
    explicit LibraryPreview(QWidget *parent = nullptr);

    /** nullptr where nothing is selected. */
    void setEntry(const LibraryEntry *entry);

protected:
    void changeEvent(QEvent *event) override;

private:
    QString html(const LibraryEntry &entry) const;
    void showEntry();

    std::optional<LibraryEntry> m_entry;
    QWidget *m_page;
    QVBoxLayout *m_column;
    QLabel *m_text;
    QList<MetricChart *> m_charts;
};
