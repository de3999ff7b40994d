// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QPainter>
#include <QString>

#include <algorithm>
#include <array>
#include <cstdlib>

/**
 * Compares two pictures as an eye would: another version of the font rasterizer gives letters other
 * edges and may pass, a changed color or a part that stands elsewhere may not.
 *
 * The pictures are cut into blocks of Side × Side pixels. A block is plain if it has one color in
 * both of them: no rasterizer has a say in those, so none may differ by more than PlainTolerance.
 * The other blocks are compared by the mean of each channel. One differs if a mean is off by more
 * than MeanTolerance, of which there may be MostDiffering; none may be off by more than
 * WorstTolerance.
 */
class Likeness
{
public:
    static constexpr int Side = 8;
    /** Of a channel, 0 … 255. */
    static constexpr int PlainTolerance = 2;
    /** Of the mean of a channel, 0 … 255. A line of one pixel changes it by an eighth. */
    static constexpr double MeanTolerance = 6;
    static constexpr double WorstTolerance = 24;
    /** Of the blocks that are not plain, 0 … 1. */
    static constexpr double MostDiffering = 0.02;

    Likeness(const QImage &one, const QImage &other)
        : m_one(one.convertToFormat(QImage::Format_RGB32))
        , m_other(other.convertToFormat(QImage::Format_RGB32))
    {
        if (m_one.size() != m_other.size()) {
            return;
        }
        for (int y = 0; y < m_one.height(); y += Side) {
            for (int x = 0; x < m_one.width(); x += Side) {
                compare(QRect(x, y, Side, Side) & m_one.rect());
            }
        }
    }

    bool isAlike() const
    {
        return m_one.size() == m_other.size() && m_plain == 0 && m_worst <= WorstTolerance &&
               share() <= MostDiffering;
    }
    /** Returns which part of the blocks that are not plain differs, 0 … 1. */
    double share() const { return m_busy == 0 ? 0 : double(m_differing) / m_busy; }
    /** Says in a sentence in what they differ. */
    QString sentence() const
    {
        if (m_one.size() != m_other.size()) {
            return QStringLiteral("It has %1×%2 pixels, not %3×%4.")
                .arg(m_one.width())
                .arg(m_one.height())
                .arg(m_other.width())
                .arg(m_other.height());
        }
        return QStringLiteral(
                   "%1 plain blocks have another color; %2 of %3 others differ, by up to %4.")
            .arg(m_plain)
            .arg(m_differing)
            .arg(m_busy)
            .arg(m_worst, 0, 'f', 1);
    }
    /** Returns the first picture, pale, with the blocks that differ in red. */
    QImage difference() const
    {
        QImage picture = m_one.copy();
        QPainter painter(&picture);
        painter.fillRect(picture.rect(), QColor(255, 255, 255, 160));
        for (const QRect &block : m_blocks) {
            painter.fillRect(block, QColor(255, 0, 0, 140));
        }
        return picture;
    }

private:
    /** What a block of one picture comes to. */
    struct Sum
    {
        std::array<double, 3> mean{};
        bool isPlain = true;
    };

    static Sum sumOf(const QImage &image, const QRect &block)
    {
        Sum sum;
        const QRgb first = image.pixel(block.topLeft());
        for (int y = block.top(); y <= block.bottom(); ++y) {
            const auto *line = reinterpret_cast<const QRgb *>(image.constScanLine(y));
            for (int x = block.left(); x <= block.right(); ++x) {
                sum.mean[0] += qRed(line[x]);
                sum.mean[1] += qGreen(line[x]);
                sum.mean[2] += qBlue(line[x]);
                sum.isPlain = sum.isPlain && line[x] == first;
            }
        }
        for (double &mean : sum.mean) {
            mean /= block.width() * block.height();
        }
        return sum;
    }

    void compare(const QRect &block)
    {
        const Sum one = sumOf(m_one, block);
        const Sum other = sumOf(m_other, block);
        double most = 0;
        for (size_t channel = 0; channel < one.mean.size(); ++channel) {
            most = std::max(most, std::abs(one.mean[channel] - other.mean[channel]));
        }
        const bool isPlain = one.isPlain && other.isPlain;
        const bool differs = most > (isPlain ? PlainTolerance : MeanTolerance);
        if (isPlain) {
            m_plain += differs ? 1 : 0;
        } else {
            ++m_busy;
            m_worst = std::max(m_worst, most);
            m_differing += differs ? 1 : 0;
        }
        if (differs) {
            m_blocks.append(block);
        }
    }

    QImage m_one;
    QImage m_other;
    QList<QRect> m_blocks; ///< all that differ
    int m_plain = 0;       ///< plain blocks that differ
    int m_busy = 0;
    int m_differing = 0; ///< of those
    double m_worst = 0;  ///< difference of one of those
};
