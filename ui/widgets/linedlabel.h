// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

/**
 * Plain text in a fixed number of lines, whatever it says: what does not fit ends in dots, and is
 * in the tool tip.
 */
class LinedLabel : public QWidget
{
    Q_OBJECT

public:
    LinedLabel(int lines, QWidget *parent);

    void setText(const QString &text);
    const QString &text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    int m_lines;
    QString m_text;
    QStringList m_shown;
};
