// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/theme.h"

#include "ui/look/focusring.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QFocusFrame>
#include <QPainter>
#include <QPlainTextEdit>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <algorithm>
#include <cmath>

namespace {

constexpr qreal BodyPartLight = 0.16;
constexpr qreal BodyPartDark = 0.22;
constexpr qreal MutedPart = 0.4;
constexpr auto RefusedProperty = "refused";

/**
 * Fusion without the coloured pictures that it puts on the buttons of dialogs, and with check boxes
 * and radio buttons whose edges can be seen: its own are darker than a dark window.
 */
class PlainFusion : public QProxyStyle
{
public:
    PlainFusion()
        : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
    {}

    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override
    {
        switch (hint) {
        case SH_DialogButtonBox_ButtonsHaveIcons:
            return 0;
        case SH_FocusFrame_AboveWidget:
            return 1;
        case SH_MenuBar_AltKeyNavigation:
            // A screen reader gets each key first, so that Alt may come behind what it was held
            // for, and would lead into the menus as if pressed alone.
            return QAccessible::isActive() ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
        case SH_FocusFrame_Mask: // so that what is below is painted by itself
            if (auto *mask = qstyleoption_cast<QStyleHintReturnMask *>(data); mask && option) {
                const int line = FocusRing::Line + FocusRing::Gap;
                mask->region =
                    QRegion(option->rect) - option->rect.adjusted(line, line, -line, -line);
                return 1;
            }
            return 0;
        default:
            return QProxyStyle::styleHint(hint, option, widget, data);
        }
    }

    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override
    {
        if (metric != PM_FocusFrameHMargin && metric != PM_FocusFrameVMargin) {
            return QProxyStyle::pixelMetric(metric, option, widget);
        }
        const auto *frame = qobject_cast<const QFocusFrame *>(widget);
        return FocusRing::margin(frame ? frame->widget() : widget);
    }

    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override
    {
        if (element == CE_ShapedFrame && widget && FocusRing::isOwnOf(*widget)) {
            const Theme &theme = Theme::of(option->palette);
            const bool isFocused = option->state.testFlag(State_HasFocus);
            painter->fillRect(option->rect, isFocused ? theme.accent : theme.window);
            return;
        }
        if (element != CE_FocusFrame) {
            QProxyStyle::drawControl(element, option, painter, widget);
            return;
        }
        // On the accent itself the gap tells the line from what it goes around.
        const Theme &theme = Theme::of(option->palette);
        const auto outline = [&](const QColor &ink, qreal inset, qreal width) {
            const qreal middle = inset + width / 2;
            painter->setPen(QPen(ink, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
            painter->drawRect(QRectF(option->rect).adjusted(middle, middle, -middle, -middle));
        };
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setBrush(Qt::NoBrush);
        outline(theme.window, FocusRing::Line, FocusRing::Gap);
        outline(theme.accent, 0, FocusRing::Line);
        painter->restore();
    }

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override
    {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        if (control == CC_ComboBox || control == CC_SpinBox) {
            drawEdge(option, painter, widget);
        }
    }

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override
    {
        if (element == PE_FrameFocusRect) {
            drawItemFocus(option, painter, widget);
            return;
        }
        if (element != PE_IndicatorCheckBox && element != PE_IndicatorRadioButton) {
            QProxyStyle::drawPrimitive(element, option, painter, widget);
            if (element == PE_FrameLineEdit ||
                (element == PE_Frame && qobject_cast<const QPlainTextEdit *>(widget))) {
                drawEdge(option, painter, widget);
            }
            return;
        }
        const Theme &theme = Theme::of(option->palette);
        const bool isEnabled = option->state.testFlag(State_Enabled);
        const bool isOn = option->state.testFlag(State_On);
        const bool isRadio = element == PE_IndicatorRadioButton;
        const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
        const QColor accent = isEnabled ? theme.accent : theme.separator;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(isOn ? accent : isEnabled ? theme.border : theme.separator);
        painter->setBrush(isOn && !isRadio ? accent : isEnabled ? theme.base : theme.window);
        if (isRadio) {
            painter->drawEllipse(box);
        } else {
            painter->drawRoundedRect(box, 2, 2);
        }
        if (isOn && isRadio) {
            const qreal inset = box.width() * 0.25;
            painter->setBrush(accent);
            painter->setPen(Qt::NoPen);
            painter->drawEllipse(box.adjusted(inset, inset, -inset, -inset));
        } else if (isOn) {
            painter->setBrush(Qt::NoBrush);
            painter->setPen(QPen(theme.base, box.width() / 8, Qt::SolidLine, Qt::RoundCap));
            const auto at = [&box](qreal x, qreal y) {
                return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
            };
            painter->drawPolyline(QPolygonF({at(0.22, 0.54), at(0.42, 0.74), at(0.8, 0.3)}));
        }
        painter->restore();
    }

private:
    /** Which part of a list or of a row of tabs has the keys; the ring is around all of it. */
    static void drawItemFocus(const QStyleOption *option, QPainter *painter, const QWidget *widget)
    {
        if (!qobject_cast<const QAbstractItemView *>(widget) &&
            !qobject_cast<const QTabBar *>(widget)) {
            return;
        }
        painter->save();
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(Theme::of(option->palette).accent, FocusRing::Line, Qt::SolidLine,
                             Qt::SquareCap, Qt::MiterJoin));
        painter->drawRect(option->rect.adjusted(1, 1, -1, -1));
        painter->restore();
    }

    /** Fusion's own is a shade of the window, which on dark can hardly be seen. */
    static void drawEdge(const QStyleOption *option, QPainter *painter, const QWidget *widget)
    {
        const bool isRefused = widget && isMarkedRefused(widget);
        if (option->state & State_HasFocus && !isRefused) {
            return;
        }
        const Theme &theme = Theme::of(option->palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(isRefused                       ? QPen(theme.error, 2)
                        : option->state & State_Enabled ? QPen(theme.border)
                                                        : QPen(theme.separator));
        const qreal half = painter->pen().widthF() / 2;
        painter->drawRoundedRect(QRectF(option->rect).adjusted(half, half, -half, -half), 2, 2);
        painter->restore();
    }
};

Theme makeLight()
{
    Theme t;
    t.dark = false;
    t.window = QColor(0xEFF0F1);
    t.base = QColor(0xFFFFFF);
    t.alternate = QColor(0xF6F7F8);
    t.lane = QColor(0xFFFFFF);
    t.beyond = QColor(0xF6F7F8);
    t.text = QColor(0x232629);
    t.secondary = QColor(0x555B61);
    t.border = QColor(0x83898F);
    t.accent = QColor(0x1A6BB0);
    t.highlight = QColor(0x1A6BB0);
    t.selectedRow = QColor(0xD5E6F5);
    t.snap = QColor(0x00796B);
    t.marker = QColor(0x5B4FA0);
    t.bandInner = QColor(0xCBDCEB);
    t.bandOuter = QColor(0xE7EFF6);
    t.separator = QColor(0xC9CDD1);
    t.grid = QColor(0xE4E7EA);
    t.severities = {{{QColor(0x5AA3C9), QColor(0x0D1E28), QColor(0x2A6F93)},
                     {QColor(0xF0C419), QColor(0x2A2200), QColor(0x856A00)},
                     {QColor(0xC94F00), QColor(0xFFFFFF), QColor(0x9A3C00)},
                     {QColor(0x8C0F4B), QColor(0xFFFFFF), QColor(0x6A0838)}}};
    t.states = {QColor(0x62686E), QColor(0x4656C2), QColor(0x0B736A),
                QColor(0x875100), QColor(0x1A6BB0), QColor(0x1B7A33),
                QColor(0xBF1722), QColor(0x62686E), QColor(0x93379A)};
    t.warning = QColor(0x875100);
    t.error = QColor(0xBF1722);
    return t;
}

Theme makeDark()
{
    Theme t;
    t.dark = true;
    t.window = QColor(0x2A2E32);
    t.base = QColor(0x1B1E20);
    t.alternate = QColor(0x212528);
    t.lane = QColor(0x1F2326);
    t.beyond = QColor(0x181B1D);
    t.text = QColor(0xF2F3F4);
    t.secondary = QColor(0xB4BAC0);
    t.border = QColor(0x7C848B);
    t.accent = QColor(0x5DB2F5);
    t.highlight = QColor(0x2A73B2);
    t.selectedRow = QColor(0x244A69);
    t.snap = QColor(0x4FD1BD);
    t.marker = QColor(0xB3A6F5);
    t.bandInner = QColor(0x2C3A47);
    t.bandOuter = QColor(0x232B32);
    t.separator = QColor(0x42484E);
    t.grid = QColor(0x2B3034);
    t.severities = {{{QColor(0x88BCE6), QColor(0x0B1A22), QColor(0x88BCE6)},
                     {QColor(0xF5DF4D), QColor(0x2A2200), QColor(0xF5DF4D)},
                     {QColor(0xF0914F), QColor(0x2A1200), QColor(0xF0914F)},
                     {QColor(0xE2447C), QColor(0x12000A), QColor(0xE2447C)}}};
    t.states = {QColor(0xA7AEB5), QColor(0xA5B1FF), QColor(0x4FD1BD),
                QColor(0xF0B450), QColor(0x5DB2F5), QColor(0x5FCB7C),
                QColor(0xFF8288), QColor(0xA7AEB5), QColor(0xE59BEB)};
    t.warning = QColor(0xF0B450);
    t.error = QColor(0xFF8288);
    return t;
}

Theme makeContrasting(bool dark)
{
    Theme t = dark ? makeDark() : makeLight();
    const QColor ground = dark ? Qt::black : Qt::white;
    const QColor ink = dark ? Qt::white : Qt::black;
    t.contrast = true;
    for (QColor *area : {&t.window, &t.base, &t.alternate, &t.lane, &t.beyond}) {
        *area = ground;
    }
    for (QColor *line : {&t.text, &t.secondary, &t.border, &t.separator}) {
        *line = ink;
    }
    t.accent = dark ? QColor(0xFFD800) : QColor(0x0000C8);
    t.highlight = dark ? QColor(0x0B3FA8) : QColor(0x0000C8);
    t.selectedRow = dark ? QColor(0x3A3200) : QColor(0xDCE4FF);
    t.grid = dark ? QColor(0x6E6E6E) : QColor(0x8A8A8A);
    if (!dark) { // whose states are as dark as they need to be on grey alone
        t.warning = QColor(0x5E3800);
        t.error = QColor(0x9A0010);
    }
    return t;
}

/** Of a part of a color, 0 … 1, as the eye takes it. */
double linear(double part)
{
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

} // namespace

double contrastOf(const QColor &one, const QColor &other)
{
    const double first = luminance(one);
    const double second = luminance(other);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

bool asksForContrast(const QPalette &palette)
{
    // Black on a light grey has 15:1 as well, and is what many systems come with.
    constexpr double Strong = 15;
    constexpr int NearlyPure = 5;
    const QColor window = palette.color(QPalette::Active, QPalette::Window);
    const bool isPure = window.lightness() <= NearlyPure || window.lightness() >= 255 - NearlyPure;
    return isPure &&
           contrastOf(window, palette.color(QPalette::Active, QPalette::WindowText)) >= Strong;
}

QColor mixed(const QColor &from, const QColor &to, qreal part)
{
    return QColor::fromRgbF(float(from.redF() + (to.redF() - from.redF()) * part),
                            float(from.greenF() + (to.greenF() - from.greenF()) * part),
                            float(from.blueF() + (to.blueF() - from.blueF()) * part));
}

QColor Theme::blockBody(Severity severity, bool muted) const
{
    if (contrast) {
        return lane;
    }
    const qreal part = dark ? BodyPartDark : BodyPartLight;
    return mixed(lane, ink(severity).fill, muted ? part * MutedPart : part);
}

const Theme &Theme::light()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme &Theme::darkTheme()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme &Theme::contrasting(bool dark)
{
    static const Theme onBlack = makeContrasting(true);
    static const Theme onWhite = makeContrasting(false);
    return dark ? onBlack : onWhite;
}

const Theme &Theme::stage(bool dark)
{
    static const Theme lit = [] {
        Theme theme = light();
        theme.window = QColor(0xFFFFFF);
        theme.base = QColor(0xF6F7F8);
        return theme;
    }();
    static const Theme unlit = [] {
        Theme theme = Theme::darkTheme();
        theme.window = QColor(0x141719);
        return theme;
    }();
    return dark ? unlit : lit;
}

const Theme &Theme::of(const QPalette &palette)
{
    const bool isDark = palette.color(QPalette::Window).lightness() < 128;
    // The one that sets off everything in full.
    if (palette.color(QPalette::Mid) == contrasting(isDark).separator) {
        return contrasting(isDark);
    }
    return isDark ? Theme::darkTheme() : light();
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, base);
    p.setColor(QPalette::AlternateBase, alternate);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, secondary);
    p.setColor(QPalette::Button, contrast ? base : dark ? QColor(0x31363B) : QColor(0xFCFCFC));
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, QColor(Qt::white));
    p.setColor(QPalette::Highlight, highlight);
    p.setColor(QPalette::HighlightedText, QColor(Qt::white));
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::LinkVisited, marker);
    p.setColor(QPalette::ToolTipBase, dark ? QColor(0xF2F3F4) : QColor(0x232629));
    p.setColor(QPalette::ToolTipText, dark ? QColor(0x232629) : QColor(0xF2F3F4));
    p.setColor(QPalette::Light, dark ? QColor(0x3A4046) : QColor(0xFFFFFF));
    p.setColor(QPalette::Midlight, dark ? QColor(0x363B40) : QColor(0xF6F7F8));
    p.setColor(QPalette::Mid, separator);
    p.setColor(QPalette::Dark, border);
    p.setColor(QPalette::Shadow, dark ? QColor(0x101214) : QColor(0x83898F));
    const QColor faded = mixed(window, text, 0.42);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        p.setColor(QPalette::Disabled, role, faded);
    }
    p.setColor(QPalette::Disabled, QPalette::Base, window);
    p.setColor(QPalette::Disabled, QPalette::PlaceholderText, faded);
    p.setColor(QPalette::Disabled, QPalette::Highlight, separator);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, faded);
    return p;
}

void markRefused(QWidget *field, bool isRefused)
{
    if (isMarkedRefused(field) == isRefused) {
        return;
    }
    field->setProperty(RefusedProperty, isRefused);
    field->update();
}

bool isMarkedRefused(const QWidget *field)
{
    return field->property(RefusedProperty).toBool();
}

void applyAppearance(Appearance appearance)
{
    static const bool systemIsDark = Theme::of(QApplication::palette()).dark;
    static const bool systemIsContrasting = asksForContrast(QApplication::palette());
    const bool isSystem = appearance == Appearance::System;
    const bool contrasts =
        appearance == Appearance::HighContrast || (isSystem && systemIsContrasting);
    const bool dark = appearance == Appearance::Dark ||
                      ((isSystem || appearance == Appearance::HighContrast) && systemIsDark);
    static QStyle *style = nullptr; // the application's own from here on
    if (!style) {
        style = new PlainFusion;
        QApplication::setStyle(style);
        FocusRing::install();
    }
    const Theme &theme = contrasts ? Theme::contrasting(dark)
                         : dark    ? Theme::darkTheme()
                                   : Theme::light();
    QApplication::setPalette(theme.palette());
}
