// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class CheckList;
class QLabel;
class QProgressBar;
class QPushButton;
class ShowCheck;

/**
 * The check before a show, and the way into it. Starts the check when it opens; accepted means that
 * the user wants the show to start now.
 */
class ShowCheckDialog : public QDialog
{
    Q_OBJECT

public:
    /** The check has its setup, and outlives this. */
    explicit ShowCheckDialog(ShowCheck *check, QWidget *parent = nullptr);

    /** See CheckList; the folder of the journals is opened by the dialog itself. */
    void setFixes(const QStringList &fixIds);
    /** Only looks: without the button that starts. */
    void setCanStart(bool canStart);

    void done(int result) override;

Q_SIGNALS:
    /** Do it, give the check its new setup, and start it again; the dialog stays open. */
    void fixRequested(const QString &fixId);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addAudience();
    void updateState();
    void openRunsFolder() const;

    ShowCheck *m_check;
    bool m_canStart = true;
    bool m_isUpdating = false;
    QLabel *m_mark = nullptr;
    QLabel *m_headline = nullptr;
    QLabel *m_subject = nullptr;
    QProgressBar *m_progress = nullptr;
    CheckList *m_list = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_start = nullptr;
};
