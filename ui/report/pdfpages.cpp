// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/pdfpages.h"

#include "ui/look/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QSvgRenderer>
#include <QTextCursor>
#include <QTextDocument>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>
#include <algorithm>

namespace {

constexpr int ReportDpi = 600;
constexpr double MarginMm = 12;
constexpr double FooterHeight = 22;
constexpr double CellPadding = 7;
constexpr double RowPadding = 5;
constexpr double TextSize = 13;
constexpr double HeadSize = 12;
constexpr double MarkSize = 14;
constexpr double MarkGap = 6;

} // namespace

PdfPages::PdfPages(const QString &title, const QString &footer)
    : m_footer(footer)
{
    m_buffer.open(QIODevice::ReadWrite);
    m_writer = std::make_unique<QPdfWriter>(&m_buffer);
    m_writer->setTitle(title);
    m_writer->setCreator(QCoreApplication::translate("main", "Timeline Orchestrator"));
    m_writer->setResolution(ReportDpi);
    m_writer->setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Landscape,
                                        QMarginsF(MarginMm, MarginMm, MarginMm, MarginMm),
                                        QPageLayout::Millimeter));
    m_isGood = m_painter.begin(m_writer.get());
    const QRectF page(m_painter.viewport());
    const double scale = page.width() / Width;
    m_painter.scale(scale, scale);
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_height = page.height() / scale - FooterHeight;
}

PdfPages::~PdfPages() = default;

QByteArray PdfPages::finish()
{
    drawFooter();
    m_painter.end();
    m_writer.reset();
    return m_buffer.data();
}

void PdfPages::drawFooter()
{
    const double y = m_y;
    m_y = m_height + FooterHeight - 16;
    const QColor ink = Theme::light().secondary;
    line(0, Width - 60, m_footer, 11, false, ink);
    line(Width - 60, 60, QString::number(m_page), 11, false, ink, Qt::AlignRight);
    m_y = y;
}

void PdfPages::need(double height)
{
    if (m_y + height <= m_height || m_y == 0) {
        return;
    }
    drawFooter();
    m_writer->newPage();
    ++m_page;
    m_y = 0;
}

QFont PdfPages::font(double pixelSize, bool isBold) const
{
    QFont font = QApplication::font();
    font.setPixelSize(std::max(1, qRound(pixelSize)));
    font.setBold(isBold);
    return font;
}

TextWidth PdfPages::measure() const
{
    return [this](const QString &text, double pixelSize, bool isBold) {
        return QFontMetricsF(font(pixelSize, isBold)).horizontalAdvance(text);
    };
}

void PdfPages::line(double x, double width, const QString &text, double size, bool isBold,
                    const QColor &ink, Qt::Alignment alignment)
{
    const QFont letters = font(size, isBold);
    const QFontMetricsF metrics(letters);
    m_painter.setFont(letters);
    m_painter.setPen(ink);
    m_painter.drawText(QRectF(x, m_y, width, metrics.height()), int(alignment | Qt::AlignTop),
                       metrics.elidedText(text.simplified(), Qt::ElideRight, width + 1));
}

double PdfPages::words(double x, double y, double width, const PdfCell &cell, double size,
                       bool paints, Qt::Alignment alignment)
{
    const double before = cell.mark.isEmpty() ? 0 : MarkSize + MarkGap;
    QTextDocument document;
    document.setDocumentMargin(0);
    document.setDefaultFont(font(size, cell.isBold));
    QTextOption option(alignment);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document.setDefaultTextOption(option);
    QTextCharFormat format;
    format.setForeground(cell.ink.isValid() ? cell.ink : Theme::light().text);
    if (!cell.link.isEmpty()) {
        format.setAnchor(true);
        format.setAnchorHref(cell.link);
        format.setForeground(Theme::light().accent);
        format.setFontUnderline(true);
    }
    QTextCursor(&document).insertText(cell.text, format);
    document.setTextWidth(width - before);
    const double height = document.size().height();
    if (!paints) {
        return height;
    }
    if (before > 0) {
        const double lineHeight = QFontMetricsF(font(size, cell.isBold)).height();
        svg(cell.mark, QRectF(x, y + (lineHeight - MarkSize) / 2, MarkSize, MarkSize));
    }
    m_painter.save();
    m_painter.translate(x + before, y);
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette = Theme::light().palette();
    document.documentLayout()->draw(&m_painter, context);
    m_painter.restore();
    return height;
}

void PdfPages::svg(const QString &svg, const QRectF &where)
{
    // Qt's reader of SVG turns words into outlines, which nobody can select or search for and which
    // are twenty times as large. So it gets the shapes alone.
    QString shapes;
    QXmlStreamReader reader(svg);
    QXmlStreamWriter writer(&shapes);
    struct SvgWords
    {
        QXmlStreamAttributes how;
        QString text;
    };
    QList<SvgWords> texts;
    QRectF view;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement() && reader.name() == u"title") {
            reader.readElementText();
        } else if (reader.isStartElement() && reader.name() == u"text") {
            const QXmlStreamAttributes how = reader.attributes();
            texts.append({how, reader.readElementText()});
        } else if (!reader.isStartDocument() && !reader.isEndDocument() && !reader.hasError()) {
            if (reader.isStartElement() && view.isNull()) {
                const QStringList sides =
                    reader.attributes().value(QLatin1String("viewBox")).toString().split(u' ');
                view = QRectF(0, 0, sides.value(2).toDouble(), sides.value(3).toDouble());
            }
            writer.writeCurrentToken(reader);
        }
    }
    QSvgRenderer renderer(shapes.toUtf8());
    renderer.render(&m_painter, where);
    if (view.isEmpty()) {
        return;
    }
    m_painter.save();
    m_painter.translate(where.topLeft());
    m_painter.scale(where.width() / view.width(), where.height() / view.height());
    for (const SvgWords &words : std::as_const(texts)) {
        const auto value = [&words](const char *name) {
            return words.how.value(QLatin1String(name));
        };
        const QFont letters = font(value("font-size").toDouble(), value("font-weight") == u"bold");
        const double width = QFontMetricsF(letters).horizontalAdvance(words.text);
        const double part = value("text-anchor") == u"end"      ? 1
                            : value("text-anchor") == u"middle" ? 0.5
                                                                : 0;
        m_painter.setFont(letters);
        m_painter.setPen(QColor(value("fill").toString()));
        m_painter.drawText(QPointF(value("x").toDouble() - part * width, value("y").toDouble()),
                           words.text);
    }
    m_painter.restore();
}

void PdfPages::box(const QRectF &where, const QColor &edge, double edgeWidth)
{
    m_painter.setPen(QPen(Theme::light().separator, 1));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRect(where);
    m_painter.fillRect(QRectF(where.left(), where.top(), edgeWidth, where.height()), edge);
}

void PdfPages::rule(double x1, double y1, double x2, double y2, const QColor &ink, double width)
{
    m_painter.setPen(QPen(ink, width, Qt::SolidLine, Qt::FlatCap));
    m_painter.drawLine(QPointF(x1, y1), QPointF(x2, y2));
}

void PdfPages::heading(const QString &text)
{
    constexpr double Above = 16;
    constexpr double Below = 26;
    need(Above + Below + 90); // with something of what it stands above
    m_y += m_y > 0 ? Above : 0;
    line(0, Width, text, 15, true, Theme::light().text);
    m_y += Below;
}

void PdfPages::tableHeads(const QList<PdfColumn> &columns)
{
    const Theme &theme = Theme::light();
    const double height = QFontMetricsF(font(HeadSize, true)).height() + 2 * RowPadding;
    rule(0, m_y, Width, m_y, theme.separator);
    m_painter.fillRect(QRectF(0, m_y, Width, height), theme.alternate);
    m_y += RowPadding;
    double x = 0;
    for (const PdfColumn &column : columns) {
        line(x + CellPadding, column.width - 2 * CellPadding, column.title, HeadSize, true,
             theme.text, column.isNumber ? Qt::AlignRight : Qt::AlignLeft);
        x += column.width;
    }
    m_y += height - RowPadding;
    rule(0, m_y, Width, m_y, theme.separator);
}

void PdfPages::table(const QList<PdfColumn> &columns, const QList<QList<PdfCell>> &rows)
{
    const Theme &theme = Theme::light();
    bool hasHeads = false;
    double top = m_y;
    const auto sides = [&] {
        rule(0, top, 0, m_y, theme.separator);
        rule(Width, top, Width, m_y, theme.separator);
    };
    for (const QList<PdfCell> &row : rows) {
        double height = 0;
        double x = 0;
        for (qsizetype i = 0; i < columns.size(); ++i) {
            height = std::max(height, words(0, 0, columns[i].width - 2 * CellPadding, row.value(i),
                                            TextSize, false));
        }
        height += 2 * RowPadding;
        const int page = m_page;
        if (m_y + height + (hasHeads ? 0 : 30) > m_height) {
            sides();
        }
        need(height + (hasHeads ? 0 : 30));
        if (!hasHeads || page != m_page) {
            top = m_y;
            tableHeads(columns);
            hasHeads = true;
        }
        for (qsizetype i = 0; i < columns.size(); ++i) {
            words(x + CellPadding, m_y + RowPadding, columns[i].width - 2 * CellPadding,
                  row.value(i), TextSize, true,
                  columns[i].isNumber ? Qt::AlignRight : Qt::AlignLeft);
            x += columns[i].width;
        }
        m_y += height;
        rule(0, m_y, Width, m_y, theme.grid);
    }
    sides();
    rule(0, m_y, Width, m_y, theme.separator);
}
