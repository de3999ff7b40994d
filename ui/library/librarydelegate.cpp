// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/librarydelegate.h"

#include "ui/library/librarymodel.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"

#include <QPainter>
#include <QTextLayout>
#include <QTreeView>

namespace {

constexpr qreal SmallPart = 0.88; ///< of the font: the second line, and the tags
constexpr int TitleLines = 2;
constexpr int DescriptionLines = 2;

/** At most that many lines of a text; the last one ends in an ellipsis where there is more. */
QStringList wrapped(const QString &text, const QFont &font, qreal width, int lines)
{
    QStringList out;
    if (text.isEmpty()) {
        return out;
    }
    QTextLayout layout(text, font);
    layout.beginLayout();
    for (int number = 1;; ++number) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(width);
        if (number == lines) {
            out.append(
                QFontMetricsF(font).elidedText(text.mid(line.textStart()), Qt::ElideRight, width));
            break;
        }
        out.append(text.mid(line.textStart(), line.textLength()).trimmed());
    }
    layout.endLayout();
    return out;
}

/**
 * What a row has, whether or not a scroll bar is shown beside it: rows that became higher by its
 * coming, and lower by its going, would never come to rest.
 */
int layoutWidth(const QStyleOptionViewItem &option)
{
    if (!option.widget) {
        return std::max(option.rect.width(), 1);
    }
    const int bar =
        option.widget->style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, option.widget);
    return std::max(option.widget->width() - bar, 1);
}

} // namespace

/** Where everything of a row stands, counted from its top left corner. */
struct LibraryDelegate::RowLayout
{
    QFont titleFont;
    QFont smallFont;
    qreal left = 0; ///< of the texts
    qreal right = 0;
    qreal top = 0;
    QStringList title;
    qreal titleStep = 0;
    QString detail;
    qreal detailStep = 0;
    QStringList description;
    std::vector<std::pair<QRectF, QString>> tags;
    qreal height = 0;
};

int LibraryDelegate::chevronWidth(const QFont &font)
{
    return scaledInt(QFontMetricsF(font), 28);
}

LibraryDelegate::RowLayout LibraryDelegate::arrange(const QFont &font, int width,
                                                    const QModelIndex &index) const
{
    const QFontMetricsF metrics(font);
    const bool isGroup = index.data(LibraryModel::GroupRole).toBool();
    const bool isEntry = index.data(LibraryModel::KindRole).isValid();
    const bool isFavourite = index.data(LibraryModel::FavouriteRole).toBool();
    RowLayout row;
    row.titleFont = font;
    row.titleFont.setBold(true);
    row.smallFont = resized(font, SmallPart);
    row.left = isGroup ? chevronWidth(font) : scaled(metrics, 38);
    row.right = width - scaled(metrics, 10);
    row.top = scaled(metrics, isGroup ? (isEntry ? 6 : 4) : 7);
    const qreal star = isFavourite ? scaled(metrics, 20) : 0;
    row.titleStep = std::ceil(QFontMetricsF(row.titleFont).height() * 1.06);
    row.title = wrapped(index.data().toString(), row.titleFont,
                        std::max<qreal>(1, row.right - row.left - star),
                        isGroup && !isEntry ? 1 : TitleLines);
    qreal y = row.top + row.titleStep * qreal(row.title.size());

    const QFontMetricsF smallMetrics(row.smallFont);
    row.detail = index.data(LibraryModel::DetailRole).toString();
    if (!row.detail.isEmpty() || index.data(LibraryModel::DifficultyRole).isValid()) {
        row.detailStep = std::ceil(smallMetrics.height() * 1.16);
        y += row.detailStep;
    }
    row.description = wrapped(index.data(LibraryModel::DescriptionRole).toString(), row.smallFont,
                              std::max<qreal>(1, row.right - row.left), DescriptionLines);
    y += row.detailStep * qreal(row.description.size());
    const QStringList tags = index.data(LibraryModel::TagsRole).toStringList();
    if (!tags.isEmpty()) {
        y += scaled(metrics, 3);
        const qreal gap = scaled(metrics, 4);
        const qreal tagHeight = std::ceil(smallMetrics.height() * 1.2);
        qreal x = row.left;
        for (const QString &tag : tags) {
            const qreal wanted = smallMetrics.horizontalAdvance(tag) + scaled(metrics, 10);
            const qreal tagWidth = std::min(wanted, row.right - row.left);
            if (x > row.left && x + tagWidth > row.right) {
                x = row.left;
                y += tagHeight + gap;
            }
            row.tags.emplace_back(QRectF(x, y, tagWidth, tagHeight), tag);
            x += tagWidth + gap;
        }
        y += tagHeight;
    }
    row.height = std::ceil(y + row.top + scaled(metrics, 1));
    return row;
}

QSize LibraryDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int width = layoutWidth(option);
    return {width, int(arrange(option.font, width, index).height)};
}

void LibraryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const QFontMetricsF metrics(option.font);
    const RowLayout row = arrange(option.font, layoutWidth(option), index);
    const bool isGroup = index.data(LibraryModel::GroupRole).toBool();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    const qreal dpr = painter->device()->devicePixelRatio();

    QColor back = isGroup ? theme.alternate : theme.base;
    if (isSelected) {
        back = theme.selectedRow;
    } else if (isHovered) {
        back = mixed(back, theme.accent, 0.06);
    }
    const QColor secondary = isSelected ? theme.text : theme.secondary;

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(option.rect, back);
    painter->fillRect(QRectF(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      theme.grid);
    painter->translate(option.rect.topLeft());

    if (isGroup) {
        const auto *tree = qobject_cast<const QTreeView *>(option.widget);
        const bool isOpen = !tree || tree->isExpanded(index);
        const QPointF centre(scaled(metrics, 15), row.top + row.titleStep / 2);
        const qreal arm = scaled(metrics, 3.5);
        painter->setPen(
            QPen(theme.text, scaled(metrics, 1.4), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        if (isOpen) {
            painter->drawPolyline(
                QPolygonF({centre + QPointF(-arm, -arm / 2), centre + QPointF(0, arm / 2),
                           centre + QPointF(arm, -arm / 2)}));
        } else {
            painter->drawPolyline(
                QPolygonF({centre + QPointF(-arm / 2, -arm), centre + QPointF(arm / 2, 0),
                           centre + QPointF(-arm / 2, arm)}));
        }
    } else {
        const qreal size = scaledInt(metrics, 20);
        const QPointF place(scaled(metrics, 9), row.top - scaled(metrics, 1));
        if (const QVariant severity = index.data(LibraryModel::SeverityRole); severity.isValid()) {
            painter->drawPixmap(place,
                                m_marks.severity(Severity(severity.toInt()), size, dpr, theme));
        } else {
            icon(Glyph::Timeline).paint(painter, QRectF(place, QSizeF(size, size)).toRect());
        }
    }

    painter->setFont(row.titleFont);
    painter->setPen(theme.text);
    qreal y = row.top;
    for (const QString &line : row.title) {
        painter->drawText(QRectF(row.left, y, row.right - row.left, row.titleStep),
                          Qt::AlignLeft | Qt::AlignVCenter, line);
        y += row.titleStep;
    }
    if (isGroup && row.detail.isEmpty()) {
        const qreal after =
            QFontMetricsF(row.titleFont).horizontalAdvance(row.title.value(0)) + scaled(metrics, 6);
        painter->setFont(option.font);
        painter->setPen(secondary);
        painter->drawText(QRectF(row.left + after, row.top, row.right, row.titleStep),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          QString::number(index.model()->rowCount(index)));
    }
    if (index.data(LibraryModel::FavouriteRole).toBool()) {
        const int side = scaledInt(metrics, 16);
        icon(Glyph::StarFull)
            .paint(painter, QRect(int(row.right) - side, int(row.top + (row.titleStep - side) / 2),
                                  side, side));
    }

    painter->setFont(row.smallFont);
    painter->setPen(secondary);
    qreal x = row.left;
    const QFontMetricsF smallMetrics(row.smallFont);
    QString detail = row.detail;
    if (const QVariant difficulty = index.data(LibraryModel::DifficultyRole);
        difficulty.isValid()) {
        const qreal radius = scaled(metrics, 3);
        for (int dot = 0; dot < 3; ++dot) {
            painter->setPen(QPen(secondary, 1));
            painter->setBrush(dot <= difficulty.toInt() ? QBrush(secondary) : QBrush(Qt::NoBrush));
            painter->drawEllipse(QPointF(x + radius + dot * radius * 3, y + row.detailStep / 2),
                                 radius, radius);
        }
        x += radius * 9 + scaled(metrics, 4);
        detail = difficultyName(Difficulty(difficulty.toInt())) + u" · " + detail;
        painter->setPen(secondary);
    }
    painter->drawText(QRectF(x, y, row.right - x, row.detailStep), Qt::AlignLeft | Qt::AlignVCenter,
                      smallMetrics.elidedText(detail, Qt::ElideRight, row.right - x));

    for (const QString &line : row.description) {
        y += row.detailStep;
        painter->drawText(QRectF(row.left, y, row.right - row.left, row.detailStep),
                          Qt::AlignLeft | Qt::AlignVCenter, line);
    }
    const qreal radius = scaled(metrics, 3);
    for (const auto &[box, tag] : row.tags) {
        painter->setBrush(isSelected ? QBrush(Qt::NoBrush) : QBrush(theme.base));
        painter->setPen(isSelected ? theme.border : theme.separator);
        painter->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        painter->setPen(theme.text);
        painter->drawText(box, Qt::AlignCenter,
                          smallMetrics.elidedText(tag, Qt::ElideRight, box.width() - 4));
    }
    painter->translate(-option.rect.topLeft());
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(theme.accent);
        painter->drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter->restore();
}
