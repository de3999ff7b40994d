// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class QToolButton;
class FlowLayout;

/** A few short words, each in a pill with a button that takes it away, and a field for one more. */
class ChipList : public QWidget
{
    Q_OBJECT

public:
    explicit ChipList(QWidget *parent = nullptr);

    /** Shown, not told. */
    void setWords(const QStringList &words);
    const QStringList &words() const { return m_words; }

Q_SIGNALS:
    /** By the user. */
    void edited();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Chip;

    void fill();
    void take();

    QStringList m_words;
    QList<Chip *> m_chips;
    FlowLayout *m_flow;
    QToolButton *m_add;
    QLineEdit *m_field;
};
