// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generation.h"

#include <QWidget>

class CompareTable;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QToolButton;
class ScenarioLibrary;
class VariantPage;
class VariantSet;

/** What came of a prompt: a tab for each variant, and all of them side by side. */
class ResultPane : public QWidget
{
    Q_OBJECT

public:
    ResultPane(VariantSet &variants, const ScenarioLibrary &scenarios, QWidget *parent = nullptr);

    /** -1 where there is none. */
    int current() const;
    void setCurrent(int index);
    VariantPage *page() const { return m_page; }

Q_SIGNALS:
    void currentChanged(int index);
    void againRequested();
    void settingsRequested();

private:
    QWidget *makeStatus();
    void addTab(int index);
    void removeTab(int index);
    void refreshTab(int index);
    void showCurrent();
    void showStatus();

    VariantSet &m_variants;
    QTabBar *m_tabs;
    QToolButton *m_compare;
    QStackedWidget *m_stack;
    QLabel *m_empty;
    QWidget *m_status = nullptr;
    QLabel *m_statusMark = nullptr;
    QLabel *m_statusText = nullptr;
    QProgressBar *m_statusProgress = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_keep = nullptr;
    QPushButton *m_settings = nullptr;
    VariantPage *m_page;
    CompareTable *m_table;
};
