// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"

#include <QFrame>
#include <functional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class TimelineDocument;
class VariableTable;

/**
 * What will be sent for an incident from a prompt: what was pinned, whether it still belongs to
 * the prompt, and what makes another one.
 */
class PinBox : public QFrame
{
    Q_OBJECT

public:
    explicit PinBox(TimelineDocument &document, QWidget *parent = nullptr);

    /** By its place in the timeline; it is from a prompt. */
    void showIncident(int row);

Q_SIGNALS:
    /** The prompt wants to be seen in its editor, where `generates` begins at once. */
    void openRequested(const QString &incidentId, bool generates);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Pin { None, Fresh, Pinned, Stale, Broken };

    void refresh();
    const Incident *incident() const;
    Pin pin(const Incident &incident) const;
    void change(const QString &name, const std::function<void(Incident &)> &set,
                const QString &gesture = {});
    void unpin();
    void keep();
    void takeSeed();

    TimelineDocument &m_document;
    QString m_id;
    Pin m_pin = Pin::None;
    bool m_isTaking = false; ///< what the table says is being made an edit
    QLabel *m_mark;
    QLabel *m_headline;
    QLabel *m_sentence;
    QPushButton *m_open;
    QPushButton *m_again;
    QPushButton *m_keep;
    QPushButton *m_unpin;
    QCheckBox *m_fresh;
    QLineEdit *m_seed;
    QLabel *m_seedError;
    QLabel *m_variablesName;
    VariableTable *m_variables;
};
