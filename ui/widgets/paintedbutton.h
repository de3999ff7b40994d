// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPushButton>

class QPainter;

/*
 * Buttons with colors of their own are painted, with the colors of the moment. A style sheet would
 * keep those of the theme that it was made for: a widget that has one, and all that is in it, no
 * longer follows the application's palette.
 */

struct ButtonLook
{
    QColor ground;
    QColor edge;
    qreal edgeWidth = 1;     ///< pixels
    bool sharesEdge = false; ///< at the left, with the button there
    QColor ink;
    QColor ring;      ///< inside the edge, of the button that has the keys; invalid for none
    qreal radius = 0; ///< pixels, of the corners
    QIcon::Mode iconMode = QIcon::Normal;
};

/** The ground, the edge, and the icon and the text side by side in the middle. */
void paintButton(QPainter *painter, const QAbstractButton &button, const ButtonLook &look);
/** For its icon and its text with that much room in pixels around them. */
QSize paintedButtonSize(const QAbstractButton &button, int side, int above);

/** The one button of a page that is filled with the accent. */
class PrimaryButton : public QPushButton
{
public:
    explicit PrimaryButton(QWidget *parent);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};
