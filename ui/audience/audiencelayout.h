// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QList>
#include <QRectF>
#include <QStringList>

/**
 * Where everything of the audience view stands, in units of which a screen is 1080 high; whatever
 * the screen, it is scaled by its height, so that the last row reads the same. Pure geometry.
 */
class AudienceLayout
{
public:
    /** Of the smallest text. */
    static constexpr int SmallestText = 28;
    static constexpr double Margin = 64;
    static constexpr double Gap = 32;

    AudienceLayout() = default;
    AudienceLayout(QSizeF pixels, int charts);

    /** Pixels a unit. */
    double scale() const { return m_scale; }
    QSizeF size() const { return m_size; }
    QRectF header() const;
    /** Severity, title and narration of the current incident. */
    QRectF incident() const;
    const QList<QRectF> &charts() const { return m_charts; }
    /** All charts together. */
    QRectF chartRow() const;
    /** Places for incidents so far and the next one. */
    const QList<QRectF> &places() const { return m_slots; }
    QRectF slotRow() const;
    /** In pixels, rounded outwards: what has to be painted again for that part. */
    QRect pixels(const QRectF &part) const;

private:
    double m_scale = 1;
    QSizeF m_size{1920, 1080};
    QList<QRectF> m_charts;
    QList<QRectF> m_slots;
};

/** A text in at most so many lines: smaller where it has to be, then with dots at its end. */
struct FittedText
{
    int pixelSize = 0;
    QStringList lines;
    bool isElided = false;
};
FittedText fittedText(const QString &text, const QFont &font, double width, int lines, int largest,
                      int smallest);
