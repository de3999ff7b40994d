// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

/** A button that looks like a link, for foreign words such as ids: nothing in them is markup. */
class LinkButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit LinkButton(QWidget *parent = nullptr);

    /** Not text(), in which an ampersand would make a key of what follows it. */
    void setWords(const QString &words);
    const QString &words() const { return m_words; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    /** Space belongs to the run; Return presses. */
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_words;
};
