// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/report/reportwriters.h"

#include <QDialog>
#include <functional>
#include <memory>

class MatchPanel;
class MessageBar;
class QComboBox;
class QLabel;
class QPushButton;
class QTableWidget;
class QTextBrowser;
class ReportTotalsBar;
class RunSettler;
struct Target;

/**
 * The report of a run on the screen: what it came to, what went wrong, and what the responder
 * found, which the user may settle; and the way to all its forms.
 */
class ReportDialog : public QDialog
{
    Q_OBJECT

public:
    /** Gives the target of a journal what no journal holds: the key, and the user's leave. */
    using Entrust = std::function<Target(const Target &recorded)>;

    /** Of a journal that readReport() could read. */
    explicit ReportDialog(const RunReport &report, QWidget *parent = nullptr, Entrust entrust = {});
    ~ReportDialog() override;

    const RunReport &report() const { return m_report; }
    /** Writes the chosen form there and says so in the dialog. */
    void saveTo(const QString &path);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeIncidents();
    void setReport(const RunReport &report);
    void fillIncidents();
    void fillFindings();
    void settle(const Judged &judged);
    void chooseFile();
    void openInBrowser();
    /** Asks the target for what stayed uncertain, and takes what it finds into the report. */
    void lookAgain();
    ReportFormat format() const;

    RunReport m_report;
    Entrust m_entrust;
    QLabel *m_title = nullptr;
    QLabel *m_facts = nullptr;
    QLabel *m_headline = nullptr;
    ReportTotalsBar *m_totals = nullptr;
    QTableWidget *m_incidents = nullptr;
    QTextBrowser *m_findings = nullptr;
    MatchPanel *m_matches = nullptr;
    MessageBar *m_message = nullptr;
    QComboBox *m_format = nullptr;
    QPushButton *m_lookAgain = nullptr;
    SystemClock m_clock;
    std::unique_ptr<RunSettler> m_settler;
};

/**
 * Shows the report of that journal in a window of its own beside `parent`, which goes on working;
 * one sentence instead where the journal cannot be read.
 */
void showReport(const QString &journalPath, QWidget *parent,
                const ReportDialog::Entrust &entrust = {});
