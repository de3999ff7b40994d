// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class ChartLegend;
class MetricChart;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QScrollArea;
class QVBoxLayout;
class Variant;
class VariantSet;

/** What is arriving, as text, and how the metrics of the shown variant will move. */
class PreviewPane : public QWidget
{
    Q_OBJECT

public:
    explicit PreviewPane(VariantSet &variants, QWidget *parent = nullptr);

    /** -1 for none. */
    void setCurrent(int index);
    int chartCount() const { return m_shown; }

private:
    void makeStream(QVBoxLayout *column);
    void makeCharts(QVBoxLayout *column);
    const Variant *streaming() const;
    void refreshStream();
    void refreshCharts();
    void showText(const QString &text);

    VariantSet &m_variants;
    int m_current = -1;
    int m_shown = 0;
    QTimer m_soon; ///< at most ten pictures a second, however fast text arrives
    QTimer m_seconds;

    QLabel *m_title = nullptr;
    QLabel *m_mark = nullptr;
    QLabel *m_state = nullptr;
    QLabel *m_count = nullptr;
    QProgressBar *m_progress = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QLabel *m_notes = nullptr;
    QLabel *m_caption = nullptr;
    ChartLegend *m_legend = nullptr;
    QScrollArea *m_scroll = nullptr;
    QVBoxLayout *m_column = nullptr;
    QLabel *m_hint = nullptr;
    QList<MetricChart *> m_charts;
};
