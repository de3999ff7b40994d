// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/reportpictures.h"

#include <QBuffer>
#include <QColor>
#include <QFont>
#include <QPainter>
#include <QPdfWriter>
#include <functional>
#include <memory>

/** One cell of a table on paper: a mark, then words that wrap. */
struct PdfCell
{
    QString text;
    QColor ink;
    bool isBold = false;
    /** Makes the words a link. */
    QString link;
    /** SVG of a mark before the words; empty for none. */
    QString mark;
};

struct PdfColumn
{
    QString title;
    double width = 0; ///< in pixels of the page; all together as wide as the table
    bool isNumber = false;
};

/**
 * Fills pages of A4, across, from top to bottom. All measures are pixels of a page that is Width
 * wide, as the report's page on a screen; what does not fit goes to the next one.
 */
class PdfPages
{
public:
    static constexpr double Width = 1120;

    PdfPages(const QString &title, const QString &footer);
    ~PdfPages();

    /** False where the device could not be painted on. */
    bool isGood() const { return m_isGood; }
    /** Ends the last page; nothing can be drawn after it. */
    QByteArray finish();

    double y() const { return m_y; }
    void advance(double height) { m_y += height; }
    /** Begins a new page where that height is not left of this one. */
    void need(double height);
    /** What a page holds. */
    double pageHeight() const { return m_height; }

    QFont font(double pixelSize, bool isBold = false) const;
    /** Measured with the fonts that are drawn with. */
    TextWidth measure() const;
    /** One line; what is too long for it is cut. */
    void line(double x, double width, const QString &text, double size, bool isBold,
              const QColor &ink, Qt::Alignment alignment = Qt::AlignLeft);
    /** Words that wrap; returns their height without drawing where `paints` is false. */
    double words(double x, double y, double width, const PdfCell &cell, double size,
                 bool paints = true, Qt::Alignment alignment = Qt::AlignLeft);
    void svg(const QString &svg, const QRectF &where);
    void box(const QRectF &where, const QColor &edge, double edgeWidth);
    void rule(double x1, double y1, double x2, double y2, const QColor &ink, double width = 1);
    void heading(const QString &text);
    /** Its heads stand again on every page that it reaches. */
    void table(const QList<PdfColumn> &columns, const QList<QList<PdfCell>> &rows);
    QPainter &painter() { return m_painter; }

private:
    void tableHeads(const QList<PdfColumn> &columns);
    void drawFooter();

    QBuffer m_buffer;
    std::unique_ptr<QPdfWriter> m_writer;
    QPainter m_painter;
    QString m_footer;
    double m_height = 0;
    double m_y = 0;
    int m_page = 1;
    bool m_isGood = false;
};
